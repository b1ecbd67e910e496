package uk.cpis.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check as an auditor runs it: a Java of its own that has nothing but these classes. */
class AuditVerifyIT {

  private static final SampleAudit AUDIT = new SampleAudit();

  @TempDir private static Path folder;
  private static Path file;
  private static Path key;

  private record Ended(int status, String out, String error) {}

  @BeforeAll
  static void write() throws IOException {
    Path from = Path.of("target/classes/uk/cpis/gateway/evidence");
    Path to = Files.createDirectories(folder.resolve("uk/cpis/gateway/evidence"));
    try (Stream<Path> classes = Files.list(from)) {
      classes.forEach(each -> copy(each, to.resolve(each.getFileName())));
    }
    file =
        Files.writeString(
            folder.resolve("audit.txt"),
            AUDIT.file(SampleAudit.NOON, SampleAudit.record(1), SampleAudit.record(2)));
    key =
        Files.writeString(
            folder.resolve("key.pem"),
            "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(AUDIT.pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n");
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void endsWellForAWholeAuditAndNamesTheRecordThatIsNot() throws Exception {
    Ended whole = run(file.toString(), "--key", key.toString());
    assertThat(whole.status()).as(whole.error()).isZero();
    assertThat(whole.out()).contains("2 records in 1 seals", "WHOLE");

    String text = Files.readString(file).replaceFirst("FOUND", "BOUND");
    Path altered = Files.writeString(folder.resolve("altered.txt"), text);
    Ended changed = run(altered.toString(), "--key", key.toString(), "--json");
    assertThat(changed.status()).isEqualTo(1);
    assertThat(changed.out()).contains("\"whole\":false", "{\"kind\":\"ALTERED\",\"record\":1,");
  }

  @Test
  void saysHowItIsAskedAndWhatItCannotRead() throws Exception {
    assertThat(run("--help").out()).contains("--key PEM", "--earlier FILE");
    assertThat(run(file.toString()).status()).isEqualTo(2);
    assertThat(run(file.toString(), "--key").status()).isEqualTo(2);
    Ended absent = run(folder.resolve("absent").toString(), "--key", key.toString());
    assertThat(absent.status()).isEqualTo(4);
    assertThat(absent.error()).startsWith("cannot read ");
  }

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base,jdk.crypto.ec",
                "-cp",
                folder.toString(),
                "uk.cpis.gateway.evidence.AuditVerify"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("error").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    int status = process.waitFor();
    return new Ended(
        status,
        Files.readString(folder.resolve("out"), StandardCharsets.UTF_8),
        Files.readString(folder.resolve("error"), StandardCharsets.UTF_8));
  }
}
