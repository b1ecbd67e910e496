package uk.cpis.gateway.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.evidence.EvidenceException;
import uk.cpis.gateway.evidence.MerkleTree;
import uk.cpis.gateway.evidence.Salts;
import uk.cpis.gateway.evidence.Seal;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.store.AuditSeals.Brief;
import uk.cpis.gateway.store.AuditSeals.Line;
import uk.cpis.gateway.store.AuditSeals.Sealed;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;
import uk.cpis.gateway.store.Transaction;

/**
 * Seals the audit behind the writer, in the order of the numbers: so many records together, or what
 * is there when one has waited long enough. A seal is one row of one transaction, so a crash leaves
 * it made or not made. Safe to share between threads; one seals at a time.
 */
public final class Sealer {

  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  /** How often the newest seal is told to the log, which is kept elsewhere. */
  private static final Duration TOLD_EVERY = Duration.ofHours(1);

  private static final Duration TOO_LONG = Duration.ofMinutes(15);

  private final Store store;
  private final SealingKey key;
  private final InstantSource clock;
  private final SecureRandom random;
  private final SealSettings settings;
  private Optional<Instant> waitingSince = Optional.empty();
  private Optional<Instant> told = Optional.empty();
  private Optional<String> written = Optional.empty();
  private Optional<Seal> lost = Optional.empty();
  private boolean compared;
  private Instant latest;
  private Optional<Instant> setBack = Optional.empty();
  private volatile Optional<String> missing = Optional.empty();
  private volatile Optional<Instant> failingSince = Optional.empty();
  private volatile Optional<Seal> last = Optional.empty();

  public Sealer(
      Store store,
      SealingKey key,
      InstantSource clock,
      SecureRandom random,
      SealSettings settings) {
    this.store = store;
    this.key = key;
    this.clock = clock;
    this.random = random;
    this.settings = settings;
    this.latest = clock.instant();
  }

  /** Seals what is due; told once when it cannot, and once when it can again. */
  public synchronized void step() {
    try {
      if (due()) {
        sealAll();
      }
      failingSince.ifPresent(since -> LOG.info("CPG-SEALING-AGAIN since={}", since));
      failingSince = Optional.empty();
    } catch (StoreException | EvidenceException e) {
      if (failingSince.isEmpty()) {
        LOG.error("CPG-SEAL-FAILED remedy=\"see the cause; it is tried again\"", e);
        failingSince = Optional.of(clock.instant());
      }
    }
  }

  private boolean due() {
    Instant now = now();
    long newest = store.read(tx -> tx.seals().newestRecord());
    long waiting = newest - lastSealed().last();
    if (waiting <= 0) {
      waitingSince = Optional.empty();
      return false;
    }
    Instant since = waitingSince.filter(when -> !when.isAfter(now)).orElse(now);
    waitingSince = Optional.of(since);
    return waiting >= settings.records() || !since.plus(settings.every()).isAfter(now);
  }

  /**
   * What the clock says; and remembers the latest that it ever said here, by which a record made
   * before the clock was set back is told from one that somebody put in with a time to come.
   */
  private Instant now() {
    Instant now = clock.instant();
    if (now.isBefore(latest)) {
      setBack = setBack.or(() -> Optional.of(now));
    } else {
      latest = now;
      setBack = Optional.empty();
    }
    return now;
  }

  /** When all that can have waited for its seal since then is sealed. */
  private void forgetSetBack(Instant now) {
    Duration enough = settings.every().plus(Seal.SKEW);
    if (setBack.filter(since -> now.isAfter(since.plus(enough))).isPresent()) {
      latest = now;
      setBack = Optional.empty();
    }
  }

  /** Seals everything that has its number by now. */
  public synchronized void sealAll() {
    Instant now = now();
    long newest = store.read(tx -> tx.seals().newestRecord());
    Optional<Seal> made = sealNext(newest);
    while (made.isPresent()) {
      last = made;
      made = sealNext(newest);
    }
    waitingSince = Optional.empty();
    forgetSetBack(now);
    last.ifPresent(this::tell);
  }

  /** Seals what waits before the store closes; what cannot be sealed does not keep it open. */
  public void sealLast() {
    try {
      sealAll();
    } catch (StoreException | EvidenceException e) {
      LOG.error("CPG-SEAL-FAILED remedy=\"what waits is sealed at the next start\"", e);
    }
  }

  private void tell(Seal seal) {
    Instant now = clock.instant();
    if (told.filter(when -> now.isBefore(when.plus(TOLD_EVERY))).isEmpty()) {
      told = Optional.of(now);
      LOG.info("CPG-SEALED seal={}:{} last={}", seal.number(), seal.digest(), seal.last());
    }
  }

  private Optional<Seal> sealNext(long newest) {
    Place before = lastSealed();
    long first = before.last() + 1;
    List<Line> records =
        withoutGap(store.read(tx -> tx.seals().records(first, newest, settings.records())));
    if (records.isEmpty()) {
      return Optional.empty();
    }
    Sealed sealed = sealed(before, records);
    store.addSeal(sealed);
    written = Optional.of(sealed.line());
    store.sealMark().write(sealed.line());
    return Seal.read(sealed.line());
  }

  /** The last seal, which must be the one that was last made here. */
  private Place lastSealed() {
    Optional<Brief> found = store.read(tx -> tx.seals().last());
    if (!compared) {
      compare(found);
      missing = told(store.read(tx -> tx.sealAlarms().standing()));
      compared = true;
    }
    if (written.isPresent() && !found.map(Brief::line).equals(written)) {
      throw new EvidenceException("the last seal in the store is not the one that was made last");
    }
    Place inStore = found.map(Place::of).orElse(Place.START);
    return written.isPresent() ? inStore : lost.map(inStore::behind).orElse(inStore);
  }

  /**
   * Once, with the mark that the run before left beside the database. What is missing stays to be
   * seen in every export: it is sealed on behind the seal that is gone.
   */
  private void compare(Optional<Brief> found) {
    Optional<Seal> marked = store.sealMark().read().flatMap(Seal::read);
    if (marked.isEmpty()) {
      found.ifPresent(this::mark);
      return;
    }
    Seal seal = marked.get();
    Optional<String> inStore = store.read(tx -> tx.seals().brief(seal.number())).map(Brief::line);
    if (!inStore.equals(Optional.of(seal.line()))) {
      lost = marked;
      store.change(tx -> noteMissing(tx, seal));
      LOG.error(
          "CPG-SEALS-MISSING seal={}:{} inStore={} remedy=\"seals were taken out of the store:"
              + " keep it as it is, and compare its audit with a backup's\"",
          seal.number(),
          seal.digest(),
          found.map(Brief::number).orElse(0L));
    }
  }

  /** It stays until an operator acknowledges it, and in the audit for good. */
  private void noteMissing(Transaction tx, Seal seal) {
    if (tx.sealAlarms().begin(seal.number(), seal.digest(), clock.instant())) {
      tx.audit()
          .append(
              new AuditEntry(
                  UUID.nameUUIDFromBytes(seal.line().getBytes(StandardCharsets.US_ASCII)),
                  clock.instant(),
                  AuditEvent.SEALS_MISSING,
                  "SEAL " + seal.number(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(Operator.itself("sealer"))));
    }
  }

  /** An operator has seen that seals are missing, which the audit keeps; the numbers of them. */
  public synchronized List<Long> acknowledge(Operator operator, Audit audit) {
    List<Long> seen =
        store.inTransaction(
            tx -> {
              List<Long> standing = tx.sealAlarms().standing();
              tx.sealAlarms().acknowledge(clock.instant());
              standing.forEach(
                  seal ->
                      audit.appendOperation(
                          tx, operator, AuditEvent.SEALS_MISSING_ACKNOWLEDGED, "SEAL " + seal));
              return standing;
            });
    missing = Optional.empty();
    return seen;
  }

  private static Optional<String> told(List<Long> standing) {
    return standing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "seals are missing in the store ("
                + standing.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + "); see CPG-SEALS-MISSING in the log, and acknowledge it when it is cleared up");
  }

  private void mark(Brief seal) {
    LOG.warn(
        "CPG-SEALS-UNMARKED last={} remedy=\"lawful after a restore or an upgrade only\"",
        seal.number());
    store.sealMark().write(seal.line());
  }

  /** Behind what it is sealed: a seal's number, its last record, and its digest. */
  private record Place(long number, long last, String digest) {

    static final Place START = new Place(0, 0, Seal.NONE);

    static Place of(Brief seal) {
      return new Place(seal.number(), seal.last(), Seal.digest(seal.line()));
    }

    Place behind(Seal lost) {
      return new Place(Math.max(number, lost.number()), Math.max(last, lost.last()), lost.digest());
    }
  }

  /** Numbers leap once when a store is restored; what is sealed together has none missing. */
  private static List<Line> withoutGap(List<Line> records) {
    int together = 0;
    while (together < records.size()
        && records.get(together).number() == records.get(0).number() + together) {
      together++;
    }
    return records.subList(0, together);
  }

  private Sealed sealed(Place before, List<Line> records) {
    byte[] secret = new byte[Salts.SECRET_BYTES];
    random.nextBytes(secret);
    Salts salts = new Salts(secret);
    List<byte[]> leaves = new ArrayList<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Line record : records) {
      byte[] leaf =
          MerkleTree.leaf(
              salts.of(record.number()), record.text().getBytes(StandardCharsets.UTF_8));
      leaves.add(leaf);
      all.writeBytes(leaf);
    }
    Instant newest = records.stream().map(Line::at).max(Instant::compareTo).orElseThrow();
    Instant now = now();
    boolean younger = newest.isAfter(now.plus(Seal.SKEW));
    Seal seal =
        Seal.of(
            before.number() + 1,
            records.get(0).number(),
            leaves,
            before.digest(),
            newest,
            younger ? latest : now,
            Optional.of(now).filter(clock -> younger && clock.isBefore(latest)),
            key);
    return new Sealed(
        seal.number(),
        seal.first(),
        seal.last(),
        newest,
        seal.line(),
        Optional.of(secret),
        Optional.of(all.toByteArray()),
        false);
  }

  /** What is wrong, when it has failed for too long. */
  public Optional<String> fault() {
    return missing.or(this::failing);
  }

  private Optional<String> failing() {
    return failingSince
        .filter(since -> clock.instant().isAfter(since.plus(TOO_LONG)))
        .map(since -> "nothing is sealed since " + since + "; see CPG-SEAL-FAILED in the log");
  }

  /** The last seal made, by number and digest. */
  public String state() {
    return last.map(seal -> "seal " + seal.number() + ":" + seal.digest())
        .orElse("nothing to seal since the start");
  }
}
