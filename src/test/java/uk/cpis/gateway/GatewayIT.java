package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.TestSystem;

class GatewayIT {

  @TempDir Path folder;

  @Test
  void keepsItsStoreAndItsJournalFromOtherUsers() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));

    Path file =
        new GatewayFolder(List.of(TestSystem.homerton()), List.of(), Map.of()).write(folder);
    GatewayConfig settings = Configuration.read(file, Map.of()).settings();
    try (Gateway gateway = Gateway.open(settings, InstantSource.system())) {
      assertThat(gateway.lanes()).isEmpty();
      assertThat(rightsOf("store")).isEqualTo("rwx------");
      assertThat(rightsOf("queue")).isEqualTo("rwx------");
    }
  }

  private String rightsOf(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
