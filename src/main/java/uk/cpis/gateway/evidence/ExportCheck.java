package uk.cpis.gateway.evidence;

import static uk.cpis.gateway.evidence.Finding.Kind.ALTERED;
import static uk.cpis.gateway.evidence.Finding.Kind.CUT_SHORT;
import static uk.cpis.gateway.evidence.Finding.Kind.FILE;
import static uk.cpis.gateway.evidence.Finding.Kind.INSERTED;
import static uk.cpis.gateway.evidence.Finding.Kind.MISSING;
import static uk.cpis.gateway.evidence.Finding.Kind.NOT_AS_BEFORE;
import static uk.cpis.gateway.evidence.Finding.Kind.SEAL;
import static uk.cpis.gateway.evidence.Finding.Kind.UNKNOWN_KEY;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks an exported audit: every byte of it, whoever changed it. Goes through the file once and
 * holds the records of one seal at a time.
 */
public final class ExportCheck {

  /** Of a file in which everything is wrong, more are of no use to anybody. */
  private static final int MOST_FINDINGS = 100;

  private static final Pattern HEAD =
      Pattern.compile(Pattern.quote(ExportFile.HEAD) + "[0-9]{12} " + Seal.TIME);
  private static final String RESTORED = "STORE_RESTORED";

  private final TrustedKeys keys;
  private final EarlierSeals earlier;
  private final Expiries expiries;
  private final Lines lines;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<RecordLine> waiting = new ArrayList<>();
  private final Set<Long> unreadable = new LinkedHashSet<>();
  private Optional<String> expiredLine = Optional.empty();
  private Optional<Seal> last = Optional.empty();
  private Optional<End> end = Optional.empty();
  private String lastLine = Seal.NONE;
  private boolean chained = true;
  private long nextSeal = 1;
  private long lastNumber;
  private long seals;
  private long records;
  private long expired;

  private ExportCheck(InputStream in, TrustedKeys keys, Duration kept, EarlierSeals earlier) {
    this.lines = new Lines(in);
    this.keys = keys;
    this.earlier = earlier;
    this.expiries = new Expiries(kept);
  }

  /**
   * Checks the file that this is.
   *
   * @param kept for how long records are to be kept at the least
   * @param earlier seals that must be in it as they were
   */
  public static Report of(InputStream in, TrustedKeys keys, Duration kept, EarlierSeals earlier)
      throws IOException {
    ExportCheck check = new ExportCheck(in, keys, kept, earlier);
    check.run();
    return new Report(
        check.records, check.expired, check.seals, check.last, check.notes, check.findings);
  }

  private void run() throws IOException {
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      look(line.get());
      if (!lines.ended()) {
        add(Finding.of(FILE, "line " + lines.number() + " has no end, or is too long"));
      }
    }
    if (end.isEmpty()) {
      waiting.forEach(each -> unsealed(each.number()));
      add(
          Finding.of(
              CUT_SHORT,
              "the file has no end: what came after record " + lastNumber + " is missing"));
    }
  }

  private void look(String line) {
    if (lines.number() == 1) {
      if (!HEAD.matcher(line).matches()) {
        add(Finding.of(FILE, "the first line is not that of an exported audit"));
      }
    } else if (end.isPresent()) {
      add(Finding.of(FILE, "line " + lines.number() + " stands behind the end"));
    } else if (line.startsWith("seal ")) {
      Seal.read(line).ifPresentOrElse(seal -> seal(seal, line), this::unreadableSeal);
    } else if (line.startsWith("end ")) {
      End.read(line).ifPresentOrElse(this::end, this::unreadableEnd);
    } else if (line.startsWith("expired ")) {
      expiredLine = Optional.of(line);
    } else if (line.startsWith("apart ")) {
      Apart.read(line).ifPresentOrElse(each -> add(each.finding()), () -> unreadableLine(line));
    } else {
      RecordLine.read(line).ifPresentOrElse(this::record, () -> unreadableLine(line));
    }
  }

  private void record(RecordLine record) {
    waiting.add(record);
    records++;
    lastNumber = Math.max(lastNumber, record.number());
  }

  private void unreadableLine(String line) {
    if (!line.startsWith("record ") && !line.contains("\"number\":")) {
      unreadableSeal();
      return;
    }
    records++;
    lastNumber++;
    unreadable.add(lastNumber);
    add(
        Finding.of(
            ALTERED,
            lastNumber,
            "record " + lastNumber + " should stand in line " + lines.number() + " and does not"));
  }

  private void unreadableSeal() {
    add(
        Finding.of(
            SEAL,
            "seal " + nextSeal + " should stand in line " + lines.number() + " and does not"));
    alteredByThemselves();
    forget();
    chained = false;
    nextSeal++;
    seals++;
  }

  /** What can be said of records without a seal to hold them against. */
  private void alteredByThemselves() {
    waiting.stream()
        .filter(each -> !each.matchesItsLeaf())
        .mapToLong(RecordLine::number)
        .forEach(
            number ->
                add(Finding.of(ALTERED, number, "record " + number + " is not as it was sealed")));
  }

  private void unreadableEnd() {
    add(Finding.of(FILE, "the end in line " + lines.number() + " is not as it was written"));
    end = Optional.of(new End(seals, records, "", "", Instant.MAX, "", ""));
  }

  private void seal(Seal seal, String line) {
    seals++;
    boolean believed = believed(seal);
    placed(seal);
    if (seal.newest().isAfter(seal.sealedAt().plus(Seal.SKEW))) {
      add(
          Finding.of(
              SEAL,
              "seal "
                  + seal.number()
                  + " has a record of "
                  + seal.newest()
                  + ", later than it was made"));
    }
    noteSetBack(seal, believed);
    recordsOf(seal, believed);
    if (earlier.contradict(seal)) {
      add(
          Finding.of(
              NOT_AS_BEFORE,
              seal.first(),
              "seal "
                  + seal.number()
                  + " is another than was seen before: records from "
                  + seal.first()
                  + " on are not those of that time"));
    }
    last = Optional.of(seal);
    lastLine = Seal.digest(line);
    lastNumber = seal.last();
    nextSeal = seal.number() + 1;
    chained = true;
    forget();
  }

  private void noteSetBack(Seal seal, boolean believed) {
    seal.setBackTo()
        .filter(clock -> believed && notes.size() < MOST_FINDINGS)
        .ifPresent(
            clock ->
                notes.add(
                    "seal "
                        + seal.number()
                        + ": the clock had been set back from "
                        + seal.sealedAt()
                        + " to "
                        + clock
                        + " when it was made"));
  }

  private void forget() {
    waiting.clear();
    unreadable.clear();
    expiredLine = Optional.empty();
  }

  private boolean believed(Seal seal) {
    if (!keys.know(seal.key())) {
      add(
          Finding.of(
              UNKNOWN_KEY,
              "seal "
                  + seal.number()
                  + " is signed by key "
                  + seal.key()
                  + ", which is not given"));
    } else if (!seal.signedBy(keys)) {
      add(Finding.of(SEAL, "seal " + seal.number() + " is not as it was signed"));
    } else {
      return true;
    }
    return false;
  }

  private void placed(Seal seal) {
    if (seal.number() != nextSeal) {
      add(
          Finding.of(
              SEAL, "seal " + seal.number() + " stands where seal " + nextSeal + " should stand"));
      if (seal.number() > nextSeal && seal.first() > lastSealed() + 1) {
        missing(lastSealed() + 1, seal.first() - 1, "went with their seal");
      }
    } else if (chained && !seal.previous().equals(lastLine)) {
      add(
          Finding.of(
              SEAL,
              "seal " + seal.number() + " was not made behind the one that stands before it"));
    } else if (chained) {
      behind(lastSealed(), seal);
    }
  }

  /** The last number that a seal covers so far; the first seal begins with the first record. */
  private long lastSealed() {
    return last.map(Seal::last).orElse(0L);
  }

  private void behind(long sealed, Seal seal) {
    long next = sealed + 1;
    boolean restored =
        expiredLine.isPresent()
            || waiting.stream()
                .flatMap(each -> each.event().stream())
                .anyMatch(event -> event.name().equals(RESTORED));
    if (seal.first() < next) {
      add(Finding.of(SEAL, "seal " + seal.number() + " covers what the one before covers"));
    } else if (seal.first() > next && !restored) {
      missing(next, seal.first() - 1, "were gone before anything sealed them");
    }
  }

  private void missing(long from, long to, String how) {
    add(Finding.of(MISSING, from, "records " + from + " to " + to + " " + how));
  }

  /** A seal that is not believed says nothing of which records there were. */
  private void recordsOf(Seal seal, boolean believed) {
    if (!believed) {
      alteredByThemselves();
      return;
    }
    if (expiredLine.isEmpty()) {
      SealedRecords.findings(seal, waiting, unreadable).forEach(this::add);
      waiting.forEach(record -> expiries.told(record, seal));
      return;
    }
    waiting.forEach(each -> unsealed(each.number()));
    if (!expiredLine.get().equals("expired " + seal.first() + " " + seal.last())) {
      missing(seal.first(), seal.last(), "are called expired in another way than they were sealed");
    }
    expired += seal.count();
    expiries.expired(seal);
  }

  private void unsealed(long number) {
    add(Finding.of(INSERTED, number, "record " + number + " has no seal"));
  }

  private void end(End found) {
    end = Optional.of(found);
    waiting.forEach(each -> unsealed(each.number()));
    expiries.findings(found.at()).forEach(this::add);
    if (!keys.know(found.key())) {
      add(
          Finding.of(
              UNKNOWN_KEY, "the end is signed by key " + found.key() + ", which is not given"));
    } else if (!found.signedBy(keys)) {
      add(Finding.of(FILE, "the end is not as it was signed"));
    } else if (findings.isEmpty() && !matches(found)) {
      add(Finding.of(FILE, "some byte before the end is not as it was written"));
    }
    if (earlier.newest() >= nextSeal) {
      add(
          Finding.of(
              NOT_AS_BEFORE,
              "seal "
                  + earlier.newest()
                  + " was seen before, and seals end with "
                  + (nextSeal - 1)));
    }
  }

  private boolean matches(End found) {
    return found.seals() == seals
        && found.records() == records
        && found.lastSeal().equals(lastLine)
        && found.digest().equals(lines.digestBefore());
  }

  private void add(Finding finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }
}
