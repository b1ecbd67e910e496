package uk.cpis.gateway.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.evidence.Finding.Kind;

/** Whatever is changed in an exported audit is found, and the first record of it is named. */
class ExportCheckTest {

  private static final Instant LATER = Instant.parse("2026-11-21T12:00:00Z");

  /** Line 1 is the head, then three records and a seal, and so on; the last is the end. */
  private final SampleAudit audit = new SampleAudit();

  private final String file = audit.file(LATER, records(8));

  @TempDir Path folder;

  private static String[] records(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(SampleAudit::record).toArray(String[]::new);
  }

  @Test
  void whatWasNotTouchedIsWhole() {
    Report report = check(file);

    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(8);
    assertThat(report.seals()).isEqualTo(3);
    assertThat(report.text()).contains("8 records in 3 seals", "WHOLE").doesNotContain("NOT");
    assertThat(report.json()).startsWith("{\"whole\":true,\"records\":8,");
  }

  @Test
  void findsEveryByteThatIsChanged() {
    SampleAudit small = new SampleAudit();
    byte[] bytes = small.file(LATER, records(1)).getBytes(StandardCharsets.UTF_8);
    assertThat(check(bytes, small).whole()).isTrue();
    for (int place = 0; place < bytes.length; place++) {
      byte[] changed = bytes.clone();
      changed[place] ^= (byte) (1 << place % 8);
      assertThat(check(changed, small).whole()).as("byte %d", place).isFalse();
    }
  }

  @Test
  void findsEveryByteThatIsChangedOfASealMadeByAClockThatWasSetBack() {
    SampleAudit small = new SampleAudit().setBackTo(SampleAudit.NOON.minusSeconds(7_200));
    byte[] bytes = small.file(LATER, records(1)).getBytes(StandardCharsets.UTF_8);
    Report whole = check(bytes, small);
    assertThat(whole.whole()).isTrue();
    assertThat(whole.notes())
        .singleElement(STRING)
        .contains("seal 1", "set back from 2026-11-20T12:01:01.123Z to 2026-11-20T10:00:00Z");
    assertThat(whole.text()).contains("note: seal 1");
    assertThat(whole.json()).contains("\"notes\":[\"seal 1");
    String text = new String(bytes, StandardCharsets.UTF_8);
    int signature = text.lastIndexOf(' ', text.indexOf("\nend "));
    for (int place = text.indexOf("\nseal ") + 6; place < signature; place++) {
      byte[] changed = text.getBytes(StandardCharsets.UTF_8);
      int inBytes = place + changed.length - text.length();
      changed[inBytes] ^= (byte) (1 << place % 8);
      assertThat(check(changed, small).whole()).as("byte %d", place).isFalse();
    }
    assertThat(check(text.replace(" 2026-11-20T10:00:00Z", "").getBytes(UTF_8), small).findings())
        .extracting(Finding::kind)
        .contains(Kind.SEAL);
  }

  @Test
  void believesNoSealThatSaysThatTheClockWasSetForward() {
    SampleAudit forward = new SampleAudit().setBackTo(SampleAudit.NOON.plusSeconds(7_200));
    byte[] bytes = forward.file(LATER, records(1)).getBytes(StandardCharsets.UTF_8);

    assertThat(check(bytes, forward).findings()).extracting(Finding::kind).contains(Kind.SEAL);
  }

  @Test
  void anExportOfTheFirstFormIsStillVerified() throws Exception {
    Path exports = Path.of("src/test/resources/exports");
    Report report =
        new Verification(
                exports.resolve("of-the-first-form.txt"),
                List.of(exports.resolve("key-of-the-first-form.txt")),
                List.of(),
                List.of(),
                Verification.USUALLY_KEPT)
            .report();

    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(5);
    assertThat(report.expired()).isEqualTo(3);
  }

  @Test
  void namesTheRecordBesideWhichSomethingElseIsKept() {
    List<String> lines = file.lines().toList();
    for (String apart : List.of("signature altered", "seal altered", "change gone")) {
      List<String> changed = new ArrayList<>(lines);
      changed.add(4, "apart 2 " + apart);
      assertFirst(check(changed), apart.endsWith("gone") ? Kind.MISSING : Kind.ALTERED, 2);
    }
  }

  @Test
  void namesTheRecordOfWhichAByteIsChanged() {
    List<String> lines = file.lines().toList();
    for (int line : recordLines(lines)) {
      long number = Long.parseLong(lines.get(line).split(" ")[1]);
      String record = lines.get(line);
      for (int place = record.indexOf('{') - 3; place < record.length(); place += 31) {
        char other = record.charAt(place) == 'a' ? 'b' : 'a';
        String changed = record.substring(0, place) + other + record.substring(place + 1);
        Report report = check(with(lines, line, changed));
        assertThat(report.firstRecord()).as("%s", changed).hasValue(number);
        assertThat(report.findings().get(0).kind()).isEqualTo(Kind.ALTERED);
      }
    }
  }

  @Test
  void namesARecordThatIsTakenOut() {
    List<String> lines = file.lines().toList();
    for (int line : recordLines(lines)) {
      List<String> fewer = new ArrayList<>(lines);
      long number = Long.parseLong(fewer.remove(line).split(" ")[1]);
      assertFirst(check(fewer), Kind.MISSING, number);
    }
  }

  @Test
  void namesARecordThatStandsThereTwice() {
    List<String> lines = file.lines().toList();
    for (int line : recordLines(lines)) {
      List<String> more = new ArrayList<>(lines);
      more.add(line + 1, lines.get(line));
      assertFirst(check(more), Kind.INSERTED, Long.parseLong(lines.get(line).split(" ")[1]));
    }
  }

  @Test
  void namesTheFirstOfTwoRecordsThatChangedPlaces() {
    List<String> lines = file.lines().toList();
    List<String> swapped = new ArrayList<>(lines);
    swapped.set(1, lines.get(3));
    swapped.set(3, lines.get(1));

    assertFirst(check(swapped), Kind.REORDERED, 2);
    assertFirst(check(moved(lines, 2, 1)), Kind.REORDERED, 1);
    assertFirst(check(moved(lines, 6, 2)), Kind.INSERTED, 5);
  }

  private static List<String> moved(List<String> lines, int from, int to) {
    List<String> moved = new ArrayList<>(lines);
    moved.add(to, moved.remove(from));
    return moved;
  }

  @Test
  void namesARecordThatIsPutInAsIfItWereSealed() {
    List<String> lines = new ArrayList<>(file.lines().toList());
    String record = SampleAudit.record(9, "QUERY_ANSWERED", "NOTHING_FOUND", LATER);
    String inserted =
        "record 9 %s %s %s"
            .formatted(hex(SampleAudit.salt(9)), hex(SampleAudit.leaf(9, record)), record);
    lines.add(3, inserted);

    assertFirst(check(lines), Kind.INSERTED, 9);
  }

  @Test
  void findsARecordThatIsReplacedTogetherWithItsLeaf() {
    List<String> lines = new ArrayList<>(file.lines().toList());
    String record = SampleAudit.record(2, "QUERY_ANSWERED", "NOTHING_FOUND", SampleAudit.NOON);
    lines.set(
        2,
        "record 2 %s %s %s"
            .formatted(hex(SampleAudit.salt(2)), hex(SampleAudit.leaf(2, record)), record));

    Report report = check(lines);

    assertFirst(report, Kind.ALTERED, 1);
    assertThat(report.findings().get(0).text()).contains("or one of the next up to 3");
  }

  @Test
  void findsASealThatIsTakenOutWithItsRecords() {
    List<String> lines = new ArrayList<>(file.lines().toList());
    lines.subList(5, 9).clear();

    Report report = check(lines);

    assertThat(report.findings().get(0).kind()).isEqualTo(Kind.SEAL);
    assertThat(report.firstRecord()).hasValue(4);
  }

  @Test
  void findsThatTheTailIsCutOffWhereverItIsCut() {
    SampleAudit small = new SampleAudit();
    byte[] bytes = small.file(LATER, records(2)).getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length += length < 700 ? 9 : 1) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThat(check(cut, small).whole()).as("%d bytes", length).isFalse();
    }
    assertThat(check(file + "\n").whole()).isFalse();
    assertThat(check(file + file).whole()).isFalse();
  }

  @Test
  void findsAnotherEndAndAFileMadeByAnotherKey() {
    List<String> lines = new ArrayList<>(file.lines().toList());
    String shorter = new SampleAudit().file(LATER, records(8));
    lines.set(lines.size() - 1, shorter.lines().reduce((one, next) -> next).orElseThrow());

    assertThat(check(lines).findings()).extracting(Finding::kind).containsExactly(Kind.UNKNOWN_KEY);
    assertThat(check(shorter).findings()).extracting(Finding::kind).containsOnly(Kind.UNKNOWN_KEY);
  }

  @Test
  void aLaterExportHoldsTheSealsOfAnEarlierOneAndSaysWhenItDoesNot() throws IOException {
    Path earlier = Files.writeString(folder.resolve("earlier"), file);
    List<String> later = new ArrayList<>(file.lines().toList());
    EarlierSeals seals = new EarlierSeals();
    seals.readFrom(earlier);
    seals.written("2:" + audit.seals.get(1).digest());

    assertThat(check(bytes(later), Duration.ofDays(1), seals).whole()).isTrue();
    String rewritten = new SampleAudit().file(LATER, records(6));

    Report report = check(rewritten.getBytes(StandardCharsets.UTF_8), Duration.ofDays(1), seals);
    assertThat(report.findings()).extracting(Finding::kind).contains(Kind.NOT_AS_BEFORE);
    assertThat(report.findings().get(report.findings().size() - 1).text())
        .isEqualTo("seal 3 was seen before, and seals end with 2");
  }

  @Test
  void acceptsThatRecordsExpiredInTheirTimeAndALaterRecordTellsIt() {
    Instant years = SampleAudit.NOON.plus(Duration.ofDays(3_000));
    String[] records = records(6);
    records[5] = SampleAudit.record(6, "AUDIT_EXPIRED", "1-3", years);

    assertThat(checkOwn(records, years, 1, Duration.ofDays(2_922)).findings()).isEmpty();
    assertThat(checkOwn(records, years, 1, Duration.ofDays(3_001)).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.EXPIRED_UNLAWFULLY);
  }

  @Test
  void noticesThatYoungRecordsAreCalledExpiredOrThatNothingTellsOfIt() {
    Instant years = SampleAudit.NOON.plus(Duration.ofDays(3_000));
    String[] records = records(6);
    records[5] = SampleAudit.record(6, "AUDIT_EXPIRED", "1-3", LATER);

    assertThat(checkOwn(records, years, 1, Duration.ofDays(2_922)).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.EXPIRED_UNLAWFULLY);
              assertThat(finding.record()).isEqualTo(OptionalLong.of(1));
            });
    assertThat(checkOwn(records(6), years, 1, Duration.ofDays(2_922)).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.EXPIRED_UNLAWFULLY);
    Instant twice = SampleAudit.NOON.plus(Duration.ofDays(2 * 2_922 + 1));
    assertThat(checkOwn(records(6), twice, 1, Duration.ofDays(2_922)).whole()).isTrue();
  }

  @Test
  void believesNoTimeThatIsLaterThanItsSeal() {
    Instant years = SampleAudit.NOON.plus(Duration.ofDays(3_000));
    String[] records = records(6);
    records[5] = SampleAudit.record(6, "AUDIT_EXPIRED", "1-3", years);
    SampleAudit forged = new SampleAudit().expired(1).sealedAt(LATER);
    SampleAudit early = new SampleAudit().expired(1);

    assertThat(
            check(forged.file(LATER, records).getBytes(StandardCharsets.UTF_8), forged).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.SEAL, Kind.EXPIRED_UNLAWFULLY);
    assertThat(check(early.file(LATER, records).getBytes(StandardCharsets.UTF_8), early).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.EXPIRED_UNLAWFULLY);
  }

  @Test
  void aSealMayBeAMinuteBehindAClockThatWasSetBackAndNoMore() {
    SampleAudit near = new SampleAudit().sealedAt(SampleAudit.at(3).minusSeconds(60));
    SampleAudit far = new SampleAudit().sealedAt(SampleAudit.at(3).minusSeconds(61));

    assertThat(check(near.file(LATER, records(3)).getBytes(StandardCharsets.UTF_8), near).whole())
        .isTrue();
    assertThat(check(far.file(LATER, records(3)).getBytes(StandardCharsets.UTF_8), far).findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.SEAL);
  }

  @Test
  void findsThatTheFirstRecordsWentBeforeAnythingSealedThem() {
    SampleAudit without = new SampleAudit().startingAt(3);
    String[] rest = Arrays.copyOfRange(records(8), 2, 8);
    SampleAudit restored = new SampleAudit().startingAt(3);
    String[] told = rest.clone();
    told[0] = SampleAudit.record(3, "STORE_RESTORED", "FROM_BACKUP", SampleAudit.at(3));

    assertFirst(
        check(without.file(LATER, rest).getBytes(StandardCharsets.UTF_8), without),
        Kind.MISSING,
        1);
    assertThat(check(restored.file(LATER, told).getBytes(StandardCharsets.UTF_8), restored).whole())
        .isTrue();
  }

  @Test
  void readsEveryLetterThatANameMayHave() {
    String letters =
        IntStream.range(0x80, 0x3000)
            .filter(each -> !Character.isSurrogate((char) each))
            .mapToObj(Character::toString)
            .reduce("", String::concat);
    String[] records = records(3);
    records[1] = records[1].replace("Ó", letters + "\r\u000b\f");
    records[2] =
        SampleAudit.record(3, "AUDIT_EXPIRED", "1-3", SampleAudit.at(3)).replace("Ó", letters);
    SampleAudit own = new SampleAudit();

    assertThat(check(own.file(LATER, records).getBytes(StandardCharsets.UTF_8), own).findings())
        .isEmpty();
    assertThat(RecordLine.read("record 3 - - " + latin(records[2])).flatMap(RecordLine::event))
        .map(RecordLine.Event::name)
        .contains("AUDIT_EXPIRED");
  }

  /** As the check reads it: a character for a byte. */
  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static Report checkOwn(String[] records, Instant at, int expired, Duration kept) {
    SampleAudit own = new SampleAudit().expired(expired);
    byte[] bytes = own.file(at, records).getBytes(StandardCharsets.UTF_8);
    return check(bytes, own.trusted, kept, new EarlierSeals());
  }

  @Test
  void aProofShowsOneRecordAndHoldsOnlyAsItWasWritten() {
    for (int place = 1; place < 3; place++) {
      List<byte[]> leaves =
          LongStream.rangeClosed(1, 3)
              .mapToObj(number -> SampleAudit.leaf(number, SampleAudit.record(number)))
              .toList();
      String record = SampleAudit.record(place + 1);
      String proof =
          Proof.of(audit.seals.get(0), leaves, place, SampleAudit.salt(place + 1), record);
      byte[] bytes = proof.getBytes(StandardCharsets.UTF_8);

      assertThat(proved(bytes).whole()).isTrue();
      assertThat(proof.lines().filter(line -> line.contains("happened_at"))).hasSize(1);
      for (int each = 0; each < bytes.length; each++) {
        byte[] changed = bytes.clone();
        changed[each] ^= 1;
        assertThat(proved(changed).whole()).as("byte %d", each).isFalse();
      }
      assertThat(proved(Arrays.copyOf(bytes, bytes.length - 1)).whole()).isFalse();
    }
  }

  private Report proved(byte[] proof) {
    try {
      return Proof.check(new ByteArrayInputStream(proof), audit.trusted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyPathOfEveryTreeLeadsToItsRootAndNoOther() {
    for (int count = 1; count <= 17; count++) {
      List<byte[]> leaves =
          IntStream.range(0, count)
              .mapToObj(each -> MerkleTree.leaf(new byte[] {1}, new byte[] {(byte) each}))
              .toList();
      byte[] root = MerkleTree.root(leaves);
      for (int place = 0; place < count; place++) {
        List<byte[]> path = MerkleTree.path(leaves, place);
        assertThat(leadsTo(root, MerkleTree.root(leaves.get(place), place, count, path))).isTrue();
        if (count > 1) {
          int other = (place + 1) % count;
          assertThat(leadsTo(root, MerkleTree.root(leaves.get(other), place, count, path)))
              .isFalse();
          List<byte[]> shorter = path.subList(1, path.size());
          assertThat(leadsTo(root, MerkleTree.root(leaves.get(place), place, count, shorter)))
              .isFalse();
        }
      }
    }
  }

  @Test
  void believesOneOfTheTwoSignaturesThatArithmeticAllows() {
    for (int each = 0; each < 20; each++) {
      String signature = audit.key.sign("text " + each);
      String id = audit.key.id();
      assertThat(audit.trusted.signed(id, "text " + each, signature)).isTrue();
      String twin = SealingKey.twin(signature);
      assertThat(twin).hasSameSizeAs(signature);
      assertThat(audit.trusted.signed(id, "text " + each, twin)).isFalse();
      assertThat(SealingKey.twin(twin)).isEqualTo(signature);
    }
  }

  private static boolean leadsTo(byte[] root, Optional<byte[]> found) {
    return found.filter(each -> Arrays.equals(each, root)).isPresent();
  }

  @Test
  void sealsWithTheOneKindOfKeyOnly() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(384);
    KeyPair other = generator.generateKeyPair();

    assertThatThrownBy(() -> new SealingKey(other.getPrivate(), other.getPublic()))
        .isInstanceOf(EvidenceException.class);
    assertThatThrownBy(() -> TrustedKeys.of(other.getPublic()))
        .isInstanceOf(EvidenceException.class);
    assertThat(audit.key).hasToString("SealingKey[" + audit.key.id() + "]");
  }

  private static int[] recordLines(List<String> lines) {
    return IntStream.range(0, lines.size())
        .filter(line -> lines.get(line).startsWith("record "))
        .toArray();
  }

  private static void assertFirst(Report report, Kind kind, long record) {
    assertThat(report.findings()).isNotEmpty();
    assertThat(report.findings().get(0))
        .satisfies(
            finding -> {
              assertThat(finding.kind()).as(finding.text()).isEqualTo(kind);
              assertThat(finding.record()).hasValue(record);
            });
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<String> with(List<String> lines, int place, String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(place, line);
    return changed;
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private Report check(List<String> lines) {
    return check(bytes(lines));
  }

  private Report check(String text) {
    return check(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Report check(byte[] bytes, SampleAudit of) {
    return check(bytes, of.trusted, Duration.ofDays(2_922), new EarlierSeals());
  }

  private Report check(byte[] bytes) {
    return check(bytes, Duration.ofDays(2_922), new EarlierSeals());
  }

  private Report check(byte[] bytes, Duration kept, EarlierSeals earlier) {
    return check(bytes, audit.trusted, kept, earlier);
  }

  private static Report check(byte[] bytes, TrustedKeys keys, Duration kept, EarlierSeals earlier) {
    try {
      return ExportCheck.of(new ByteArrayInputStream(bytes), keys, kept, earlier);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
