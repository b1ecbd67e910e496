package uk.cpis.gateway.domain;

import java.util.Arrays;
import java.util.Optional;

/** The interactions of the contracts; an accredited system is registered for each it may use. */
public enum Interaction {
  QUERY("cpisquery", "planQuery"),
  UPDATE("cpissubmission", "planUpdate"),
  DELETE("cpissubmission", "planDelete"),
  HOLDINGS("cpissubmission", "holdings"),
  ACCESS_HISTORY("cpissubmission", "accessHistory"),
  COLLECT("cpismailbox", "collect"),
  ACKNOWLEDGE("cpismailbox", "acknowledge"),
  ACCESS_NOTIFICATION("cpisnotification", "accessNotification"),
  INACTIVE_NUMBER_NOTIFICATION("cpisnotification", "inactiveNhsNumberNotification"),
  BIRTH_NOTIFICATION("cpisnotification", "birthNotification"),
  WITHDRAWAL_NOTIFICATION("cpisnotification", "withdrawalNotification");

  private static final String PREFIX = "urn:nhs:names:services:";

  private final String action;

  Interaction(String service, String name) {
    this.action = PREFIX + service + "/" + name;
  }

  /** The interaction whose request this {@code wsa:Action} names. */
  public static Optional<Interaction> ofAction(String action) {
    return Arrays.stream(values()).filter(each -> each.action.equals(action)).findFirst();
  }

  /** The interaction id in the form of {@code SOAPAction} and {@code wsa:Action} (cpis.md §4). */
  public String action() {
    return action;
  }
}
