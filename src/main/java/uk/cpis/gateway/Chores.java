package uk.cpis.gateway;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import uk.cpis.gateway.operations.AuditDesk;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.operations.Upkeep;
import uk.cpis.gateway.retention.RetentionSweep;

/** What the store needs done by the clock: what outlived its time removed, backups, its size. */
record Chores(Housekeeping housekeeping, Backups backups, SizeBudget size) {

  /** How often it is asked whether a backup is due. */
  private static final Duration LOOK_FOR_BACKUPS = Duration.ofSeconds(30);

  /** Does them from now on when they are due. */
  static Chores open(Opening opening, Ground ground) {
    GatewayConfig settings = opening.settings();
    RetentionSweep sweep =
        new RetentionSweep(
            ground.store(),
            ground.audit(),
            opening.clock(),
            Settings.ofRetention(settings.retention()),
            opening.steps());
    Housekeeping housekeeping =
        opening.opened(
            Housekeeping.open(
                sweep,
                ground.audit(),
                opening.clock(),
                LocalTime.of(settings.retention().hour(), 0)));
    Backups backups =
        new Backups(ground.store(), ground.audit(), opening.clock(), settings.backup());
    SizeBudget size = new SizeBudget(ground.store()::bytes, settings.store().sizeBudget());
    opening.every(LOOK_FOR_BACKUPS, "upkeep", size::look, backups::step);
    return new Chores(housekeeping, backups, size);
  }

  /** What operators may have done at once, and have written of the audit. */
  Upkeep desk(AuditDesk audit) {
    return new Upkeep(housekeeping::sweepFor, backups::takeFor, audit);
  }

  List<Health.Check> checks() {
    return List.of(
        new Health.Check("retention", false, housekeeping::fault, housekeeping::state),
        new Health.Check("store size", false, size::fault, size::state),
        new Health.Check("backup", false, backups::fault, backups::state));
  }
}
