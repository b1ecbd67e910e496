package uk.cpis.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import uk.cpis.gateway.audit.AuditExport;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.audit.Sealer;
import uk.cpis.gateway.endpoint.RefusalRecords;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.operations.AuditDesk;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.operations.Refusals;
import uk.cpis.gateway.refusals.RefusalBook;
import uk.cpis.gateway.security.RequestPacking;

/**
 * What can be shown afterwards: who was refused and why, and the audit, sealed and written out for
 * those who ask.
 */
record Evidence(
    RefusalBook refusals,
    Sealer sealer,
    RefusalRecords records,
    AuditDesk desk,
    InstantSource clock) {

  /** How often what nobody asks about is looked at. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Duration DAY = Duration.ofDays(1);

  /** How many counts of refusals are shown at once. */
  private static final int MOST_COUNTS = 10_000;

  /** Keeps and seals from now on. */
  static Evidence open(Opening opening, SealingKey sealing, Ground ground) {
    RefusalBook refusals = new RefusalBook(ground.store(), opening.clock());
    opening.opened(refusals::write);
    opening.every(LOOK_EVERY, "refusals", refusals::write);
    opening.every(LOOK_EVERY, "audit-seals", ground.sealer()::step);
    RefusalRecords records =
        new RefusalRecords(
            (id, sender, reason) ->
                ground.audit().refused(AuditedMessage.unread(id, sender), reason),
            refusals::note,
            refusals::count);
    return new Evidence(
        refusals, ground.sealer(), records, desk(opening, sealing, ground), opening.clock());
  }

  private static AuditDesk desk(Opening opening, SealingKey sealing, Ground ground) {
    GatewayConfig settings = opening.settings();
    AuditExport export =
        new AuditExport(
            ground.store(), settings.asid(), sealing, opening.clock(), RequestPacking::unpacked);
    return new AuditFiles(ground.store(), ground.audit(), ground.sealer(), export, opening.clock())
        .desk(settings.audit().folder());
  }

  /** What operators may be told of refusals. */
  Refusals refused() {
    return new Refusals(
        refusals::find, () -> refusals.counts(clock.instant().minus(DAY), MOST_COUNTS));
  }

  List<Health.Check> checks() {
    return List.of(
        new Health.Check("audit seals", false, sealer::fault, sealer::state),
        new Health.Check("refusals", false, refusals::fault));
  }
}
