package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestSealing;
import uk.cpis.gateway.testing.TestSystem;

/**
 * The commands on the store of a gateway that does not run, as they are typed. One gateway is
 * asked, backed up and closed for all of them.
 */
class StoppedGatewayCommandsIT {

  /** Nothing listens, or the store cannot be opened or made. */
  private static final int UNREACHABLE = Cpis.UNREACHABLE;

  @TempDir private static Path gateway;
  private static Typed taken;
  private static Typed failed;
  private static Path backup;
  private static Typed exported;
  private static Typed proved;
  private static Typed unproved;
  private static Typed request;
  private static Typed submitted;
  private static byte[] update;
  @TempDir private Path folder;

  @BeforeAll
  static void askBackUpAndClose() throws IOException {
    TestSystem homerton = TestSystem.homerton();
    try (TestGateway running =
        TestGateway.open(
            gateway,
            InstantSource.system(),
            Map.of("cpis.audit.requests", "message"),
            TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"))) {
      running.client(homerton).send(Interaction.QUERY, Queries.of(homerton, "9990000018"));
      String operations = running.gateway().operations().toString();
      update = sentUpdate(running);
      Typed.of("lanes", "TWH", "--retry", "--operations", operations).done();
      exported = Typed.of("audit", "export", "--operations", operations);
      Path audit = Path.of(exported.done().lines().findFirst().orElseThrow());
      String asked = messageOf("QUERY_ANSWERED", audit);
      submitted =
          Typed.of(
              "audit",
              "request",
              messageOf("UPDATE_ACKNOWLEDGED", audit),
              "--operations",
              operations);
      proved = Typed.of("audit", "prove", asked, "--operations", operations);
      request = Typed.of("audit", "request", asked, "--operations", operations);
      unproved = Typed.of("audit", "prove", "999", "--operations", operations);
      taken = Typed.of("backup", "--operations", operations);
      Files.move(gateway.resolve("backups"), gateway.resolve("aside"));
      Files.writeString(gateway.resolve("backups"), "in the way");
      failed = Typed.of("backup", "--operations", operations);
      Files.delete(gateway.resolve("backups"));
    }
    try (Stream<Path> backups = Files.list(gateway.resolve("aside"))) {
      backup = backups.findFirst().orElseThrow();
    }
  }

  /** Of two children; the bytes that were sent. */
  private static byte[] sentUpdate(TestGateway running) {
    TestSystem hackney = TestSystem.hackney();
    LocalDate start = LocalDate.of(2026, 1, 31);
    TestClient client = running.client(hackney);
    TestMessage message =
        client.message(
            Interaction.UPDATE,
            Submissions.update(
                hackney,
                1,
                "020 7946 0002",
                Submissions.record(TestGateway.LUCJA, PlanType.CHILD_PROTECTION, start),
                Submissions.record(TestGateway.SIAN, PlanType.LOOKED_AFTER, start)));
    byte[] bytes = message.signed(hackney.signing().keyMaterial(), running.clock());
    client.send(message, bytes);
    return bytes;
  }

  private static String messageOf(String event, Path audit) throws IOException {
    Matcher record =
        Pattern.compile(event + ".*\"message_id\":\"([^\"]+)\"").matcher(Files.readString(audit));
    assertThat(record.find()).isTrue();
    return record.group(1);
  }

  @Test
  void saidWhereTheBackupIsAndWhyThereIsNone() {
    assertThat(taken.done())
        .contains(gateway.resolve("backups").resolve(backup.getFileName()).toString(), " bytes)");
    assertThat(failed.ended(1)).contains("No backup was taken: cannot make the folder");
  }

  @Test
  void writesTheAuditOfARunningGatewayAndOfAStoppedOneAndBothAreWhole() throws IOException {
    Path live = Path.of(exported.done().lines().findFirst().orElseThrow());
    Path proof = Path.of(proved.done().lines().findFirst().orElseThrow());
    assertThat(unproved.ended(1)).contains("there is no such record in the audit");
    String key = TestSealing.certificate().toString();
    Path later = gateway.resolve("audit").resolve("later.txt");
    String config = gateway.resolve("gateway.properties").toString();

    Typed.of("audit", "export", "--config", config, "--to", later.toString()).done();

    assertThat(Typed.of("audit", "verify", live.toString(), "--key", key).done()).contains("WHOLE");
    assertThat(Typed.of("audit", "verify", proof.toString(), "--key", key).done())
        .contains("1 records in 1 seals");
    assertThat(
            Typed.of(
                    "audit", "verify", later.toString(), "--key", key, "--earlier", live.toString())
                .done())
        .contains("WHOLE");
    assertThat(Files.readString(later))
        .contains("\"event\":\"AUDIT_EXPORTED\"", "\"event\":\"AUDIT_PROVED\"");
    Files.writeString(later, Files.readString(later).replace("FOUND", "BOUND"));
    assertThat(Typed.of("audit", "verify", later.toString(), "--key", key, "--json").ended(1))
        .contains("\"kind\":\"ALTERED\"");
    assertThat(Typed.of("audit").ended(2))
        .contains("export, prove, request, verify or acknowledge");
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(live)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void givesTheSignedRequestThatTheRecordNamesAndItsSignatureIsTheSenders() throws Exception {
    List<String> files = request.done().lines().toList();
    Path signature = Path.of(files.get(0));
    String form = Files.readString(signature);
    int value = form.indexOf('\n', form.indexOf("SignedInfo>")) + 1;

    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(TestSystem.homerton().signing().certificate());
    check.update(form.substring(0, value - 1).getBytes(StandardCharsets.UTF_8));

    assertThat(check.verify(Base64.getDecoder().decode(form.substring(value).strip()))).isTrue();
    String digest =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(signature)));
    assertThat(Files.readString(Path.of(proved.done().lines().findFirst().orElseThrow())))
        .contains("\"request\":\"" + digest + "\"");
    assertThat(Files.readString(Path.of(files.get(1)))).contains("9990000018", "Envelope");
  }

  @Test
  void keepsAWholeSubmissionWhereThatIsSetAndTheAuditNamesEachChildWhoWasShown()
      throws IOException {
    Path message = Path.of(submitted.done().lines().toList().get(1));

    assertThat(Files.readAllBytes(message)).isEqualTo(update);
    String config = gateway.resolve("gateway.properties").toString();
    Path audit = gateway.resolve("audit").resolve("of-looks.txt");
    Typed.of("audit", "export", "--config", config, "--to", audit.toString()).done();
    List<String> records = Files.readAllLines(audit);
    assertThat(records)
        .filteredOn(line -> line.contains("REQUEST_SHOWN"))
        .allMatch(line -> line.contains("\"remote_address\":\"127.0.0.1\""))
        .allMatch(line -> line.contains("\"operator\":\"" + OperationsCall.user() + "\""))
        .extracting(line -> line.replaceFirst(".*\"nhs_number\":\"([0-9]+)\".*", "$1"))
        .containsExactlyInAnyOrder("9990000018", "9990000026", "9990000018");
    assertThat(records)
        .filteredOn(line -> line.contains("AUDIT_PROVED"))
        .isNotEmpty()
        .allMatch(line -> line.contains("\"nhs_number\":\"9990000018\""));
    assertThat(records)
        .filteredOn(line -> line.contains("AUDIT_EXPORTED"))
        .anyMatch(line -> line.contains("\"remote_address\":\"console of "));
  }

  @Test
  void saysWhenNoGatewayListensThere() {
    for (String command : List.of("backup", "lanes", "dead-letters")) {
      assertThat(Typed.of(command, "--operations", "http://127.0.0.1:1").ended(UNREACHABLE))
          .contains("nothing listens there; is the gateway running?");
    }
  }

  @Test
  void saysWhenAGatewayDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      OperationsCall call = new OperationsCall(address, Duration.ofMillis(200));
      assertThatThrownBy(() -> call.text("/lanes"))
          .isInstanceOf(HttpTimeoutException.class)
          .hasMessage("the gateway does not answer at " + address);
    }
  }

  @Test
  void saysWhatAnAuthoritysSystemCanBeTold() {
    assertThat(Typed.of("authority", "dance", "TWH").ended(2))
        .contains("'dance': ACT is one of stop, start, accept, ", "reset")
        .doesNotContain("POST");
  }

  @Test
  void everyLineOfTheHelpIsAWholeSentence() {
    for (CommandLine each : Cpis.commandLine().getSubcommands().values()) {
      assertThat(each.getCommandSpec().usageMessage().description()).allMatch(l -> l.endsWith("."));
    }
  }

  @Test
  void restoresIntoAnEmptyPlaceOnlyAndTheResultIsWhole() throws IOException {
    String other = configuration("cpis.store.directory=store", "cpis.store.directory=" + store());

    assertThat(Typed.of("restore", "--config", other, "--from", backup.toString()).done())
        .contains("Restored as of ", "what came later it has to send again")
        .containsPattern("TWH +none");
    assertThat(Typed.of("check-store", "--config", other).done()).contains("The store is whole.");
    Path audit = gateway.resolve("audit").resolve("restored.txt");
    Typed.of("audit", "export", "--config", other, "--to", audit.toString()).done();
    String key = TestSealing.certificate().toString();
    assertThat(Typed.of("audit", "verify", audit.toString(), "--key", key).done())
        .contains("WHOLE");
    Files.writeString(audit, Files.readString(audit).replace("STORE_RESTORED", "LANE_RETRIED"));
    assertThat(Typed.of("audit", "verify", audit.toString(), "--key", key).ended(1))
        .contains("MISSING", "were gone before anything sealed them");

    assertThat(
            Typed.of("restore", "--config", other, "--from", backup.toString()).ended(UNREACHABLE))
        .startsWith("restore: a store is restored into an empty folder only, and ")
        .contains("holds something: move it away first");
  }

  @Test
  void changesTheStoresKeyAndTheAuditKeepsWhoDidIt() throws IOException {
    String own = store();
    Path open = folder.resolve("open");
    OwnerOnly.write(gateway.resolve("next.key"), "2d".repeat(32));
    String next = gateway.resolve("next.key").toString();
    String former = configuration("cpis.store.directory=store", "cpis.store.directory=" + own);
    Typed.of("restore", "--config", former, "--from", backup.toString()).done();

    assertThat(Typed.of("change-store-key", "--config", former, "--new-key-file", next).done())
        .contains("Before the next start put it in the place", "Keep the former key");

    assertThat(Typed.of("check-store", "--config", former).ended(UNREACHABLE)).contains("key");
    String changed =
        configuration(
            "cpis.store.directory=store\ncpis.store.key-file=store.key",
            "cpis.store.directory=" + own + "\ncpis.store.key-file=next.key");
    assertThat(Typed.of("check-store", "--config", changed).done()).contains("is whole");
    Typed.of("export", "--config", changed, "--to", open.toString()).done();
    assertThat(open.resolve("audit_record.jsonl"))
        .content()
        .containsSubsequence("STORE_KEY_CHANGED", "BEGUN", "STORE_KEY_CHANGED", "DONE");
  }

  @Test
  void changesNoKeyToOneThatOthersMayRead() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path next = Files.writeString(folder.resolve("open.key"), "2d".repeat(32));
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
    String config = gateway.resolve("gateway.properties").toString();

    assertThat(
            Typed.of("change-store-key", "--config", config, "--new-key-file", next.toString())
                .ended(Cpis.CONFIGURATION))
        .contains("--new-key-file: expected a file that only its owner may open");
  }

  @Test
  void restoresNothingWithAnotherKey() throws IOException {
    OwnerOnly.write(gateway.resolve("other.key"), "1e".repeat(32));
    String other =
        configuration(
            "cpis.store.directory=store\ncpis.store.key-file=store.key",
            "cpis.store.directory=" + store() + "\ncpis.store.key-file=other.key");

    assertThat(
            Typed.of("restore", "--config", other, "--from", backup.toString()).ended(UNREACHABLE))
        .startsWith("restore: ")
        .contains("key");
    assertThat(Path.of(store()).resolve("database")).doesNotExist();
  }

  @Test
  void restoresNothingOfADamagedBackup() throws IOException {
    Path damaged = copyOf(backup, folder.resolve("damaged"));
    flip(largestIn(damaged));
    String other = configuration("cpis.store.directory=store", "cpis.store.directory=" + store());

    assertThat(
            Typed.of("restore", "--config", other, "--from", damaged.toString()).ended(UNREACHABLE))
        .startsWith("restore: the backup is damaged: ")
        .contains("was changed");
    assertThat(Path.of(store()).resolve("database")).doesNotExist();
  }

  @Test
  void beginsNotAnewWhereSomethingIsLeftOfAStoreThatIsGone() throws IOException {
    assertThat(refusedToServe("cpis.store.directory=" + store()))
        .contains("there is no store in ", "the journal in ", "is left of one", "restore a backup");
    Files.move(gateway.resolve("aside"), gateway.resolve("backups"));
    try {
      assertThat(refusedToServe("cpis.store.directory=" + store(), "cpis.queue.directory=other"))
          .contains("the backups in ", "are left of one");
    } finally {
      Files.move(gateway.resolve("backups"), gateway.resolve("aside"));
    }
    assertThat(
            refusedToServe(
                "cpis.store.directory=" + store() + "\ncpis.store.must-exist=true",
                "cpis.queue.directory=other"))
        .contains("cpis.store.must-exist is set");
    assertThat(Path.of(store()).resolve("database")).doesNotExist();
  }

  private static String refusedToServe(String store, String... queue) throws IOException {
    String own = Files.readString(gateway.resolve("gateway.properties"));
    String other = own.replace("cpis.store.directory=store", store);
    for (String each : queue) {
      other = other.replace("cpis.queue.directory=queue", each);
    }
    Path file = Files.createTempFile(gateway, "other", ".properties");
    return Typed.of("serve", "--config", Files.writeString(file, other).toString())
        .ended(UNREACHABLE);
  }

  @Test
  void makesNothingWhereThereIsNoStoreToLookInto() throws IOException {
    String other = configuration("cpis.store.directory=store", "cpis.store.directory=" + store());
    Path to = folder.resolve("export");
    assertThat(Typed.of("check-store", "--config", other).ended(UNREACHABLE))
        .contains("there is no store in " + store());
    assertThat(Typed.of("export", "--config", other, "--to", to.toString()).ended(UNREACHABLE))
        .contains("there is no store in " + store());
    assertThat(Path.of(store())).doesNotExist();
    assertThat(to).doesNotExist();
  }

  @Test
  void saysThatTheEndOfAStoreIsLost() throws IOException {
    Path place = copyOf(gateway.resolve("store"), folder.resolve("store"));
    Files.writeString(place.resolve("newest"), "1000000 1000000");
    String other = configuration("cpis.store.directory=store", "cpis.store.directory=" + place);

    assertThat(Typed.of("check-store", "--config", other).ended(1))
        .contains("the store has lost what was committed", "Restore it from a backup");
  }

  @Test
  void exportsEveryTableToItsOwnerAndToNobodyElse() throws IOException {
    String own = gateway.resolve("gateway.properties").toString();
    Path to = folder.resolve("export");
    assertThat(Typed.of("export", "--config", own, "--to", to.toString()).done())
        .containsPattern("[1-9]\\d* audit_record")
        .contains(" owed_notification");
    assertThat(Files.readString(to.resolve("audit_record.jsonl")))
        .contains("\"LANE_RETRIED\"", "\"" + OperationsCall.user() + "\"");

    assertThat(Typed.of("export", "--config", own, "--to", to.toString()).ended(3))
        .contains("an export goes into an empty folder");
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(Typed.of("export", "--config", own, "--to", open.toString()).ended(3))
        .contains("others than its owner may open it");
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void saysWhatTheConfigurationLacks() {
    for (List<String> line :
        List.of(
            List.of("check-store"),
            List.of("export", "--to", "x"),
            List.of("restore", "--from", "x"))) {
      assertThat(Typed.of(line.toArray(String[]::new)).ended(2)).contains("--config");
    }
  }

  private String store() {
    return folder.resolve("restored").toString();
  }

  /** The gateway's configuration with another text in place of this one. */
  private static String configuration(String text, String other) throws IOException {
    String own = Files.readString(gateway.resolve("gateway.properties"));
    assertThat(own).contains(text);
    return Files.writeString(
            Files.createTempFile(gateway, "other", ".properties"), own.replace(text, other))
        .toString();
  }

  private static Path copyOf(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path each : tree.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
    return to;
  }

  private static Path largestIn(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(Files::isRegularFile)
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }

  private static void flip(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), channel.size() / 2);
    }
  }
}
