package uk.cpis.gateway.domain;

/**
 * What the operator is told once when it begins, and once when it is over: under the code, and
 * under the same with {@code -OVER} behind it.
 */
public enum AlertKind {
  /** An authority's oldest unsettled notification has used up a share of its 24 hours. */
  OVERDUE("CPG-OVERDUE", "authority"),
  /** An authority's oldest unsettled notification is older than 24 hours: the rule is broken. */
  BREACH("CPG-BREACH", "authority"),
  /** An authority whose system is registered to submit has not done so for 24 hours. */
  SILENT("CPG-SILENT", "authority"),
  /** The same for 72 hours. */
  LONG_SILENT("CPG-LONG-SILENT", "authority"),
  /** A system asked nothing in an hour in which it is usually busy. */
  NO_QUERIES("CPG-NO-QUERIES", "system"),
  /** A certificate in use ends within 60, 30, 7 or 1 days, which the subject says. */
  EXPIRES("CPG-EXPIRES", "certificate"),
  /** A certificate in use has ended. */
  EXPIRED("CPG-EXPIRED", "certificate");

  private final String code;
  private final String subject;

  AlertKind(String code, String subject) {
    this.code = code;
    this.subject = subject;
  }

  /** By which it is told when it begins. */
  public String code() {
    return code;
  }

  /** By which it is told when it is over. */
  public String overCode() {
    return code + "-OVER";
  }

  /** What it is about. */
  public String subject() {
    return subject;
  }
}
