package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.store.Export;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestSystem;

class ExportIT {

  @TempDir Path folder;

  @Test
  void writesEveryRowAsJsonForItsOwnerOnlyAndAuditsIt() throws Exception {
    TestSystem homerton = TestSystem.homerton();
    try (TestGateway gateway = TestGateway.open(folder)) {
      gateway.client(homerton).send(Interaction.QUERY, Queries.of(homerton, "9990000018"));
    }
    GatewayConfig settings =
        Configuration.read(folder.resolve("gateway.properties"), Map.of()).settings();
    Path to = folder.resolve("export");

    List<Export.Table> tables = Exports.into(to, settings, OPERATOR, InstantSource.system());

    List<String> audit = Files.readAllLines(to.resolve("audit_record.jsonl"));
    JsonNode access = row(audit, "QUERY_ANSWERED");
    assertThat(access.path("nhs_number").asText()).isEqualTo("9990000018");
    assertThat(access.path("staff_family_name").asText()).isEqualTo("Ó Briain-Example");
    assertThat(access.path("number").isNumber()).isTrue();
    assertThat(access.path("plan_type").isNull()).isTrue();
    assertThat(row(audit, "STORE_EXPORTED").path("operator").asText()).isEqualTo("a.operator");
    assertThat(Files.readString(to.resolve("manifest")))
        .contains(audit.size() + " audit_record.jsonl");
    assertThat(tables).extracting(Export.Table::name).contains("plan", "owed_notification");
  }

  @Test
  void goesNowhereThatOthersMayOpenAndOverNothing() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    TestGateway.open(folder).close();
    GatewayConfig settings =
        Configuration.read(folder.resolve("gateway.properties"), Map.of()).settings();
    Path to = Files.createDirectory(folder.resolve("export"));
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-x---"));
    refuses(to, settings, "others than its owner");

    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(to.resolve("something"), "there");
    refuses(to, settings, "into an empty folder");
  }

  private static void refuses(Path to, GatewayConfig settings, String because) {
    assertThatThrownBy(() -> Exports.into(to, settings, OPERATOR, InstantSource.system()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(because);
    assertThat(to.resolve("manifest")).doesNotExist();
  }

  private static JsonNode row(List<String> lines, String event) throws Exception {
    for (String line : lines) {
      JsonNode row = new ObjectMapper().readTree(line);
      if (row.path("event").asText().equals(event)) {
        return row;
      }
    }
    throw new AssertionError("no row of " + event);
  }
}
