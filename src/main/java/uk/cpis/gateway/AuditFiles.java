package uk.cpis.gateway;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditExport;
import uk.cpis.gateway.audit.Sealer;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.evidence.EvidenceException;
import uk.cpis.gateway.operations.AuditDesk;
import uk.cpis.gateway.operations.AuditOutcome;
import uk.cpis.gateway.pki.KeyMaterialException;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.security.PeopleNamed;
import uk.cpis.gateway.security.RequestPacking;
import uk.cpis.gateway.store.KeptMessages;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;

/**
 * Writes exports and proofs of the audit into files that only their owner may read. Each is audited
 * first, with the operator's name, and sealed with all that waits: so an export tells of itself.
 */
final class AuditFiles {

  private static final Logger LOG = LoggerFactory.getLogger(AuditFiles.class);
  private static final int ATTEMPTS = 20;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final Store store;
  private final Audit audit;
  private final Sealer sealer;
  private final AuditExport export;
  private final InstantSource clock;

  AuditFiles(Store store, Audit audit, Sealer sealer, AuditExport export, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.sealer = sealer;
    this.export = export;
    this.clock = clock;
  }

  /** For a running gateway: into files of this folder, named after the time. */
  AuditDesk desk(Optional<Path> folder) {
    return new AuditDesk(
        operator ->
            written(folder, to -> exportTo(to.resolve("audit-" + now() + ".txt"), operator)),
        (id, operator) -> written(folder, to -> prove(to, id, operator)),
        (id, operator) -> written(folder, to -> request(to, id, operator)),
        operator -> sealer.acknowledge(operator, audit));
  }

  private String now() {
    return NAME.format(clock.instant());
  }

  /** Something that is written into a folder. */
  @FunctionalInterface
  private interface Writing {
    AuditOutcome into(Path folder) throws IOException;
  }

  private static AuditOutcome written(Optional<Path> folder, Writing writing) {
    if (folder.isEmpty()) {
      return new AuditOutcome.NotConfigured();
    }
    try {
      return writing.into(folder.get());
    } catch (IOException | StoreException | KeyMaterialException | EvidenceException e) {
      LOG.error("CPG-AUDIT-NOT-WRITTEN folder={}", folder.get(), e);
      return new AuditOutcome.Failed("could not be written; see CPG-AUDIT-NOT-WRITTEN in the log");
    }
  }

  /** Writes the whole audit into this file, which is not there yet. */
  AuditOutcome.Written exportTo(Path file, Operator operator) throws IOException {
    audit.recordOperation(operator, AuditEvent.AUDIT_EXPORTED, "BEGUN");
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      sealAll();
      Path unfinished = OwnerOnly.unfinished(closed(file));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        Optional<AuditExport.Written> written = export.write(out);
        if (written.isPresent()) {
          out.close();
          Files.move(unfinished, file);
          AuditExport.Written done = written.get();
          audit.recordOperation(
              operator, AuditEvent.AUDIT_EXPORTED, "DONE " + done.records() + " RECORDS");
          return new AuditOutcome.Written(
              List.of(file.toString()), done.records(), done.lastSeal());
        }
      } finally {
        Files.deleteIfExists(unfinished);
      }
      pause();
    }
    throw new EvidenceException("retention removes records all the time: try again later");
  }

  /** Until the writer has numbered what tells that records went. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvidenceException("interrupted while writing the audit");
    }
  }

  /** Writes the proofs of these records into this folder. */
  AuditOutcome prove(Path folder, String id, Operator operator) throws IOException {
    sealAll();
    List<String> files = new ArrayList<>();
    for (long number : numbers(id)) {
      Optional<String> proof = export.proof(number);
      if (proof.isPresent()) {
        audit.recordShown(operator, entry(number), AuditEvent.AUDIT_PROVED, "RECORD " + number);
        Path file = closed(folder.resolve("proof-" + number + ".txt"));
        OwnerOnly.write(file, proof.get().getBytes(StandardCharsets.UTF_8));
        files.add(file.toString());
      }
    }
    return written(files);
  }

  /** Writes what is kept of the requests of these records into this folder. */
  AuditOutcome request(Path folder, String id, Operator operator) {
    List<String> files = new ArrayList<>();
    for (long number : numbers(id)) {
      Optional<KeptMessages.Kept> kept = store.read(tx -> tx.keptMessages().of(number));
      if (kept.isPresent()) {
        recordShown(operator, number, kept.get());
        String name = "request-" + number;
        files.addAll(unpacked(folder.resolve(name + ".signature"), kept.get().signature()));
        files.addAll(unpacked(folder.resolve(name + ".xml"), kept.get().message()));
      }
    }
    return written(files);
  }

  /** A whole submission holds many people: each is shown, or nothing is. */
  private void recordShown(Operator operator, long number, KeptMessages.Kept kept) {
    AuditEntry entry = entry(number);
    Set<NhsNumber> people = kept.message().map(packed -> peopleIn(packed, number)).orElse(Set.of());
    String outcome = "RECORD " + number;
    if (people.isEmpty()) {
      audit.recordShown(operator, entry, AuditEvent.REQUEST_SHOWN, outcome);
    } else {
      audit.recordShown(operator, entry, people, AuditEvent.REQUEST_SHOWN, outcome);
    }
  }

  private static Set<NhsNumber> peopleIn(byte[] packed, long number) {
    return PeopleNamed.in(RequestPacking.unpacked(packed))
        .orElseThrow(
            () ->
                new EvidenceException(
                    "the message kept with record "
                        + number
                        + " cannot be read, so nobody knows whom it would show"));
  }

  private AuditEntry entry(long number) {
    return store.read(tx -> tx.audit().after(number - 1, 1)).get(0).entry();
  }

  private static List<String> unpacked(Path file, Optional<byte[]> packed) {
    packed.map(RequestPacking::unpacked).ifPresent(bytes -> OwnerOnly.write(closed(file), bytes));
    return packed.isPresent() ? List.of(file.toString()) : List.of();
  }

  private List<Long> numbers(String id) {
    return id.length() < 20
        ? List.of(Long.parseLong(id))
        : store.read(tx -> tx.seals().numbersOf(UUID.fromString(id)));
  }

  private AuditOutcome written(List<String> files) {
    return files.isEmpty()
        ? new AuditOutcome.NotThere()
        : new AuditOutcome.Written(files, files.size(), sealer.state());
  }

  /** What cannot be sealed must not keep the rest from being looked at. */
  private void sealAll() {
    try {
      sealer.sealAll();
    } catch (EvidenceException e) {
      LOG.error("CPG-SEAL-FAILED remedy=\"the audit is written as far as it is sealed\"", e);
    }
  }

  private static Path closed(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    OwnerOnly.folder(folder);
    if (!OwnerOnly.isClosed(folder)) {
      throw new KeyMaterialException("others than its owner may open " + folder);
    }
    return file;
  }
}
