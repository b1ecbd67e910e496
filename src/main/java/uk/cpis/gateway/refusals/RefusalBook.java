package uk.cpis.gateway.refusals;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.KeptRefusal;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.RefusalCount;
import uk.cpis.gateway.domain.RefusalNote;
import uk.cpis.gateway.store.Store;

/**
 * Takes refusals in without waiting for anything, and writes them into the store with {@link
 * #write()}, together. The newest can be looked up whatever their number; of the others thirty a
 * minute of each certificate, and a hundred thousand in all. What was not written when the process
 * dies is lost: at most what one second brought. Safe to share between threads.
 */
public final class RefusalBook {

  private static final Logger LOG = LoggerFactory.getLogger("uk.cpis.gateway.refusals");

  private static final String NO_CERTIFICATE = "none";
  private static final int MOST_KEPT = 100_000;
  private static final int SOME = 1_000;

  /** So many refused one after the other, and it is the store that cannot, not the refusal. */
  private static final int MOST_IN_VAIN = 3;

  private static final int FORGOTTEN_AT_ONCE = 500;

  private final Store store;
  private final InstantSource clock;
  private final Unwritten unwritten = new Unwritten();
  private final Newest newest = new Newest();
  private long kept;
  private volatile boolean failing;

  /** A book on this store, which goes on where it ended. */
  public RefusalBook(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.kept = store.read(tx -> tx.refusals().kept());
  }

  /** Counts a refusal, and keeps it to be looked up. */
  public void note(RefusalNote note) {
    Instant now = clock.instant();
    KeptRefusal refusal = new KeptRefusal(now, note);
    newest.add(refusal);
    unwritten.add(refusal, minute(now), certificate(note.origin().transport()));
  }

  /** Counts a refusal of which the caller was told no reference. */
  public void count(Optional<CertificateFingerprint> certificate, String cause) {
    unwritten.count(minute(clock.instant()), certificate(certificate), cause);
  }

  /**
   * What is known of this reference, or of the message with this id: the first refusal first; empty
   * when nothing is.
   */
  public List<KeptRefusal> find(UUID id) {
    List<KeptRefusal> young = newest.find(id);
    MessageId message = new MessageId(id);
    List<KeptRefusal> written =
        store.read(
            tx ->
                Stream.concat(tx.refusals().find(id).stream(), tx.refusals().of(message).stream())
                    .toList());
    return Stream.concat(
            written.stream().filter(each -> young.stream().noneMatch(sameAs(each))), young.stream())
        .toList();
  }

  private static Predicate<KeptRefusal> sameAs(KeptRefusal refusal) {
    return each -> each.note().reference().equals(refusal.note().reference());
  }

  /** What was counted since, the newest minute first, so many at the most. */
  public List<RefusalCount> counts(Instant since, int limit) {
    write();
    return store.read(tx -> tx.refusals().counts(since, limit));
  }

  /** Writes what came in since the last time. What cannot be written is tried again. */
  public synchronized void write() {
    Unwritten.Taken taken = unwritten.take();
    if (taken.isEmpty()) {
      failing = false; // what could not be written would wait
      return;
    }
    try {
      write(taken);
      kept += taken.refusals().size();
      forgetTheOldest();
      failing = false;
    } catch (RuntimeException e) {
      failed(e);
      if (!oneByOne(taken)) {
        unwritten.putBack(taken);
      }
    }
  }

  private void write(Unwritten.Taken taken) {
    store.change(
        tx -> {
          taken.counts().forEach(tx.refusals()::add);
          taken.refusals().forEach(tx.refusals()::keep);
        });
  }

  /** One that cannot be written must not keep the others back; false when none of them can be. */
  private boolean oneByOne(Unwritten.Taken taken) {
    boolean any = false;
    int inVain = 0;
    for (Unwritten.Taken each : taken.single()) {
      try {
        write(each);
        kept += each.refusals().size();
        any = true;
      } catch (RuntimeException dropped) {
        inVain++;
      }
      if (!any && inVain == MOST_IN_VAIN) {
        return false;
      }
    }
    return any;
  }

  /** Sweeps remove some too, so they are counted again before any is removed here. */
  private void forgetTheOldest() {
    if (kept <= MOST_KEPT + SOME) {
      return;
    }
    kept = store.read(tx -> tx.refusals().kept());
    int removed = 1;
    while (kept > MOST_KEPT && removed > 0) {
      removed = store.inTransaction(tx -> tx.refusals().forgetOldest(FORGOTTEN_AT_ONCE));
      kept -= removed;
    }
  }

  /** What is wrong, when refusals cannot be written. */
  public Optional<String> fault() {
    return failing
        ? Optional.of("refusals cannot be written; see CPG-REFUSALS-UNWRITTEN in the log")
        : Optional.empty();
  }

  private void failed(RuntimeException cause) {
    if (!failing) {
      LOG.warn("CPG-REFUSALS-UNWRITTEN remedy=\"see the store's own messages\"", cause);
    }
    failing = true;
  }

  private static Instant minute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES);
  }

  private static String certificate(Optional<CertificateFingerprint> certificate) {
    return certificate.map(CertificateFingerprint::hex).orElse(NO_CERTIFICATE);
  }
}
