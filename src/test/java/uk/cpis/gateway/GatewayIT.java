package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.testing.TestGateway;

class GatewayIT {

  @TempDir Path folder;

  @Test
  void keepsItsStoreAndItsJournalFromOtherUsers() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));

    try (TestGateway gateway = TestGateway.open(folder)) {
      assertThat(gateway.gateway().lanes()).hasSize(2);
      assertThat(rightsOf("store")).isEqualTo("rwx------");
      assertThat(rightsOf("queue")).isEqualTo("rwx------");
    }
  }

  private String rightsOf(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
