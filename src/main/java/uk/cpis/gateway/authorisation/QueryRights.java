package uk.cpis.gateway.authorisation;

import static uk.cpis.gateway.authorisation.QueryRights.Care.SCHEDULED;
import static uk.cpis.gateway.authorisation.QueryRights.Care.UNSCHEDULED;
import static uk.cpis.gateway.authorisation.QueryRights.Ruling.NOTIFY;
import static uk.cpis.gateway.authorisation.QueryRights.Ruling.REFUSE;
import static uk.cpis.gateway.authorisation.QueryRights.Ruling.STAY_SILENT;
import static uk.cpis.gateway.domain.ActivityCode.B0107;
import static uk.cpis.gateway.domain.ActivityCode.B0170;

import java.util.Map;
import java.util.Optional;
import uk.cpis.gateway.domain.AccessMode;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.RejectionReason;

/** The rights of a query: whose system, whose author (rule 2), which activity where (rule 3). */
public final class QueryRights {

  /** The kind of care, and the user's activity code; the table's columns to ask by. */
  private record Asked(Care care, ActivityCode code) {}

  enum Care {
    SCHEDULED,
    UNSCHEDULED
  }

  enum Ruling {
    NOTIFY,
    STAY_SILENT,
    REFUSE
  }

  /** Rule 3, for a code that the system is registered for; any other code is refused. */
  private static final Map<Asked, Ruling> TABLE =
      Map.of(
          new Asked(UNSCHEDULED, B0107), NOTIFY,
          new Asked(UNSCHEDULED, B0170), REFUSE,
          new Asked(SCHEDULED, B0107), NOTIFY,
          new Asked(SCHEDULED, B0170), STAY_SILENT);

  private QueryRights() {}

  /** What this system may do with this query; decided before anything is read. */
  public static QueryRight of(AccreditedSystem system, PlanQuery query) {
    if (!system.mayUse(Interaction.QUERY)) {
      return new QueryRight.Refused(RejectionReason.INTERACTION_NOT_ALLOWED);
    }
    if (!system.speaksFor(query.author().organisation().code())) {
      return new QueryRight.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED);
    }
    if (query.author() instanceof Author.Device device && !device.asid().equals(system.asid())) {
      return new QueryRight.Refused(RejectionReason.DEVICE_NOT_SENDER);
    }
    return byActivity(system, query);
  }

  private static QueryRight byActivity(AccreditedSystem system, PlanQuery query) {
    Optional<CareSetting> setting = query.setting().or(system::defaultSetting);
    return switch (ruling(system, query.activityCode(), setting)) {
      case NOTIFY -> new QueryRight.Allowed(AccessMode.NOTIFYING, setting);
      case STAY_SILENT -> new QueryRight.Allowed(AccessMode.SILENT, setting);
      case REFUSE -> new QueryRight.Refused(RejectionReason.ACTIVITY_NOT_ALLOWED);
    };
  }

  private static Ruling ruling(
      AccreditedSystem system, ActivityCode code, Optional<CareSetting> setting) {
    return system.activityCodes().contains(code)
        ? TABLE.getOrDefault(new Asked(care(setting), code), REFUSE)
        : REFUSE;
  }

  /** No setting at all counts as unscheduled: fail towards notifying. */
  private static Care care(Optional<CareSetting> setting) {
    return setting.filter(CareSetting::scheduled).isPresent() ? SCHEDULED : UNSCHEDULED;
  }
}
