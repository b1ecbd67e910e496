package uk.cpis.gateway.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.evidence.ExportFile;
import uk.cpis.gateway.evidence.ExportFile.Beside;
import uk.cpis.gateway.evidence.Proof;
import uk.cpis.gateway.evidence.Salts;
import uk.cpis.gateway.evidence.Seal;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.store.AuditSeals.Line;
import uk.cpis.gateway.store.AuditSeals.Sealed;
import uk.cpis.gateway.store.KeptMessages.Signature;
import uk.cpis.gateway.store.RegisteredForms;
import uk.cpis.gateway.store.Store;

/**
 * Writes the sealed audit out, whole or one record of it with its proof, so that it can be checked
 * without the gateway. What stands in the store is written as it stands there: it is the check that
 * finds out whether it is what was sealed. Safe to share between threads.
 */
public final class AuditExport {

  private static final int LEAF_BYTES = 32;

  private final Store store;
  private final Asid gateway;
  private final SealingKey key;
  private final InstantSource clock;
  private final UnaryOperator<byte[]> unpacking;

  /**
   * Writes what is in this store.
   *
   * @param unpacking of signatures that are kept with records; throws an {@link
   *     IllegalArgumentException} for what is none
   */
  public AuditExport(
      Store store,
      Asid gateway,
      SealingKey key,
      InstantSource clock,
      UnaryOperator<byte[]> unpacking) {
    this.store = store;
    this.gateway = gateway;
    this.key = key;
    this.clock = clock;
    this.unpacking = unpacking;
  }

  /** What was written: how many records, and the last seal by number and digest. */
  public record Written(long records, String lastSeal) {}

  /**
   * Writes all that is sealed. Empty when retention removed records meanwhile, or what tells of it
   * is not sealed yet: then what was written is of no use, and it is to be sealed and written
   * again.
   */
  public Optional<Written> write(OutputStream out) throws IOException {
    if (store.read(tx -> tx.seals().expiryWaits())) {
      return Optional.empty();
    }
    long expired = store.read(tx -> tx.seals().expired());
    ExportFile file = new ExportFile(out, gateway.toString(), clock.instant());
    long next = 1;
    Optional<Sealed> seal = store.read(tx -> tx.seals().after(0));
    while (seal.isPresent()) {
      write(file, next, seal.get());
      next = seal.get().last() + 1;
      long number = seal.get().number();
      seal = store.read(tx -> tx.seals().after(number));
    }
    file.end(key, clock.instant());
    return store.read(tx -> tx.seals().expired()) == expired
        ? Optional.of(new Written(file.records(), file.seals() + ":" + file.lastSeal()))
        : Optional.empty();
  }

  private void write(ExportFile file, long next, Sealed seal) throws IOException {
    for (Line stray : records(next, seal.first() - 1)) {
      file.unsealed(stray.number(), stray.text());
    }
    if (seal.expired()) {
      file.expired(seal.first(), seal.last());
    }
    Salts salts = salts(seal);
    for (Line record : records(seal.first(), seal.last())) {
      int place = (int) (record.number() - seal.first());
      file.record(record.number(), salts.of(record.number()), leaf(seal, place), record.text());
    }
    besides(file, seal);
    file.seal(seal.line());
  }

  /** What is kept beside records by a digest that they name is held against it here, not told. */
  private void besides(ExportFile file, Sealed seal) throws IOException {
    if (Seal.read(seal.line()).filter(line -> !says(line, seal)).isPresent()) {
      file.apart(seal.first(), Beside.SEAL, false);
    }
    for (Signature each :
        store.read(tx -> tx.keptMessages().signatures(seal.first(), seal.last()))) {
      if (!each.packed().map(this::digest).equals(Optional.of(each.digest()))) {
        file.apart(each.number(), Beside.SIGNATURE, each.packed().isEmpty());
      }
    }
    for (RegisteredForms.Beside each :
        store.read(tx -> tx.registration().beside(seal.first(), seal.last()))) {
      if (!each.text().map(Digest::beginning).equals(Optional.of(each.digest()))) {
        file.apart(each.number(), Beside.CHANGE, each.text().isEmpty());
      }
    }
  }

  /** The order of the seals and the time of retention follow what stands beside the line. */
  private static boolean says(Seal line, Sealed kept) {
    return line.number() == kept.number()
        && line.first() == kept.first()
        && line.last() == kept.last()
        && line.newest().equals(kept.newest());
  }

  private String digest(byte[] packed) {
    try {
      return Digest.of(unpacking.apply(packed));
    } catch (IllegalArgumentException nothingThatWasPacked) {
      return "";
    }
  }

  private List<Line> records(long first, long last) {
    return first > last
        ? List.of()
        : store.read(tx -> tx.seals().records(first, last, SealSettings.MOST_RECORDS));
  }

  private static Salts salts(Sealed seal) {
    return new Salts(Arrays.copyOf(seal.secret().orElseGet(() -> new byte[0]), Salts.SECRET_BYTES));
  }

  private static byte[] leaf(Sealed seal, int place) {
    byte[] leaves = seal.leaves().orElseGet(() -> new byte[0]);
    int from = Math.min(place * LEAF_BYTES, leaves.length);
    return Arrays.copyOfRange(leaves, from, from + LEAF_BYTES);
  }

  /** The proof of the record with this number; empty when it is not there, or not sealed. */
  public Optional<String> proof(long number) {
    Optional<Sealed> sealed =
        store.read(tx -> tx.seals().covering(number)).filter(seal -> !seal.expired());
    Optional<Line> record = records(number, number).stream().findFirst();
    Optional<Seal> seal = sealed.map(Sealed::line).flatMap(Seal::read);
    if (record.isEmpty() || seal.isEmpty()) {
      return Optional.empty();
    }
    List<byte[]> leaves = new ArrayList<>();
    for (int place = 0; place < seal.get().count(); place++) {
      leaves.add(leaf(sealed.get(), place));
    }
    byte[] salt = salts(sealed.get()).of(number);
    int place = (int) (number - seal.get().first());
    return Optional.of(Proof.of(seal.get(), leaves, place, salt, record.get().text()));
  }
}
