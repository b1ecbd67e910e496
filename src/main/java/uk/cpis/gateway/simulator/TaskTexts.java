package uk.cpis.gateway.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.contract.notification.AccessNotificationType;
import uk.cpis.gateway.contract.notification.AccessPatternsType;
import uk.cpis.gateway.contract.notification.AccessType;
import uk.cpis.gateway.contract.notification.BirthNotificationType;
import uk.cpis.gateway.contract.notification.InactiveNhsNumberNotificationType;
import uk.cpis.gateway.contract.notification.WithdrawalNotificationType;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.contract.types.ShownAccessType;
import uk.cpis.gateway.domain.CareSetting;

/**
 * Puts each kind of notification into the words of a task for the authority's staff. It says
 * "accessed", never "attended": the gateway does not know why a record was looked at.
 */
final class TaskTexts {
  private static final Duration OPEN_CASE = Duration.ofHours(24);
  private static final Duration CLOSED_CASE = Duration.ofDays(5);

  private TaskTexts() {}

  static String of(AccessNotificationType notification) {
    AccessType access = notification.getAccess();
    boolean open = TaskWording.anyActive(notification.getRecord());
    return lines(
        ring(access),
        "The record of "
            + TaskWording.person(notification.getSubject())
            + " was accessed at "
            + access.getOrganisation().getName()
            + " ("
            + access.getOrganisation().getCode()
            + setting(access)
            + ") by "
            + access.getUserName()
            + " ("
            + access.getJobRole().getName()
            + ") on "
            + TaskWording.time(TaskWording.moment(access.getAccessedAt()))
            + ".",
        TaskWording.plans(notification.getRecord()),
        open
            ? "For the child's social worker; out of hours for the emergency duty team."
            : "Closed case: for the front door team, who decide whether to open it again.",
        "Due by "
            + TaskWording.time(
                TaskWording.moment(access.getAccessedAt()).plus(open ? OPEN_CASE : CLOSED_CASE))
            + ".",
        history(notification.getHistory()) + counted(notification));
  }

  static String of(InactiveNhsNumberNotificationType notification) {
    String number = TaskWording.number(notification.getSubject().getNhsNumber());
    String instead =
        Optional.ofNullable(notification.getReplacementNhsNumber())
            .map(TaskWording::number)
            .map(replacement -> "Send these records again under " + replacement + ".")
            .orElse("There is no other number to send. Ask the data quality team.");
    return lines(
        "NHS number " + number + " is no longer in use.",
        "It was that of " + TaskWording.person(notification.getSubject()) + ".",
        TaskWording.plans(notification.getRecord()),
        instead);
  }

  static String of(BirthNotificationType notification) {
    return lines(
        "A baby was born to " + TaskWording.person(notification.getMother()) + ".",
        TaskWording.plans(notification.getRecord()),
        "The baby's NHS number is " + TaskWording.number(notification.getBabyNhsNumber()) + ".",
        "End the mother's unborn child protection plan and send the baby's own record.");
  }

  static String of(WithdrawalNotificationType notification) {
    return lines(
        "The records of "
            + TaskWording.person(notification.getSubject())
            + " are withdrawn from all answers.",
        TaskWording.plans(notification.getRecord()),
        "No reason is given, here or on asking. Treat where this person is as confidential.");
  }

  private static String ring(AccessType access) {
    String name = access.getOrganisation().getName();
    return Optional.ofNullable(access.getRingBackTelephone())
        .map(telephone -> "Ring " + telephone + " (" + name + ").")
        .orElse("Find out how to ring " + name + ": no telephone was given.");
  }

  private static String setting(AccessType access) {
    return Optional.ofNullable(access.getCareSetting())
        .map(CareSettingCode::value)
        .flatMap(CareSetting::ofCode)
        .map(setting -> ", " + setting.description())
        .orElse("");
  }

  private static String history(List<ShownAccessType> history) {
    if (history.isEmpty()) {
      return "No accesses in unscheduled care are known.";
    }
    StringBuilder text = new StringBuilder("Accesses in unscheduled care, newest first:");
    for (ShownAccessType shown : history) {
      text.append("\n")
          .append("  ")
          .append(TaskWording.time(TaskWording.moment(shown.getAccessedAt())))
          .append(", ")
          .append(shown.getOrganisation().getName())
          .append(", ")
          .append(shown.getUserName());
    }
    return text.toString();
  }

  private static String counted(AccessNotificationType notification) {
    return Optional.ofNullable(notification.getPatterns())
        .map(TaskTexts::counted)
        .map(text -> "\n" + text)
        .orElse("");
  }

  private static String counted(AccessPatternsType patterns) {
    return "That is "
        + TaskWording.counted(patterns.getLast7Days())
        + " in 7 days, "
        + TaskWording.counted(patterns.getLast30Days())
        + " in 30 days, "
        + TaskWording.counted(patterns.getLast90Days())
        + " in 90 days.";
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }
}
