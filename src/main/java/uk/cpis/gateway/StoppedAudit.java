package uk.cpis.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditExport;
import uk.cpis.gateway.audit.Sealer;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.operations.AuditOutcome;
import uk.cpis.gateway.security.RequestPacking;
import uk.cpis.gateway.store.Store;

/** The audit of a store on which no gateway works: sealed to its end, and written out. */
public final class StoppedAudit {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private StoppedAudit() {}

  /** Something that is done with the files of a store's audit. */
  @FunctionalInterface
  private interface Work {
    AuditOutcome with(AuditFiles files) throws IOException;
  }

  /** Writes all of it into this file, which must not be there yet. */
  public static AuditOutcome export(
      Path to, GatewayConfig settings, Operator operator, InstantSource clock) throws IOException {
    if (Files.exists(to)) {
      throw new ConfigException(List.of(to + ": is there already"));
    }
    return on(settings, clock, files -> files.exportTo(to, operator));
  }

  /** Writes the proofs of these records into this folder. */
  public static AuditOutcome prove(
      String id, Path folder, GatewayConfig settings, Operator operator, InstantSource clock)
      throws IOException {
    return on(settings, clock, files -> files.prove(folder, id, operator));
  }

  /** Writes what is kept of the requests of these records into this folder. */
  public static AuditOutcome request(
      String id, Path folder, GatewayConfig settings, Operator operator, InstantSource clock)
      throws IOException {
    return on(settings, clock, files -> files.request(folder, id, operator));
  }

  private static AuditOutcome on(GatewayConfig settings, InstantSource clock, Work work)
      throws IOException {
    SealingKey key = SealingKeys.load(settings);
    try (Store store = Store.existing(Settings.ofStore(settings.store()))) {
      Sealer sealer =
          new Sealer(store, key, clock, new SecureRandom(), Settings.ofAudit(settings.audit()));
      return work.with(
          new AuditFiles(
              store,
              new Audit(store, clock, UUID::randomUUID, PATIENCE),
              sealer,
              new AuditExport(store, settings.asid(), key, clock, RequestPacking::unpacked),
              clock));
    }
  }
}
