package uk.cpis.gateway.domain;

/** This gateway's own detail codes, one per cause; the catalogue's only source. */
public enum DetailCode {
  RECORD_COUNT_WRONG("CPG-101", "The record count stated is not the number of records sent."),
  SEQUENCE_NUMBER_REUSED(
      "CPG-102", "The sequence number was used before, for a submission with other content."),
  PRODUCT_VERSION_TOO_OLD(
      "CPG-103", "The product version is below the minimum registered for this system."),
  PLAN_TYPE_UNKNOWN("CPG-201", "The plan type is missing or none of CPP, LAC, UCP."),
  START_DATE_MISSING("CPG-202", "The start date is missing."),
  DATE_NOT_READABLE("CPG-203", "A date is not of the form YYYY-MM-DD, or is no day."),
  FAMILY_NAME_MISSING("CPG-204", "The family name is missing."),
  GIVEN_NAME_MISSING("CPG-205", "The given name is missing."),
  DATE_OF_BIRTH_MISSING("CPG-206", "The date of birth is missing."),
  VALUE_TOO_LONG("CPG-207", "A value is longer than may be stored."),
  START_TOO_FAR_AHEAD("CPG-301", "The start date is more than 31 days ahead."),
  END_BEFORE_START("CPG-302", "The end date is before the start date."),
  END_TOO_FAR_AHEAD("CPG-303", "The end date is more than a day ahead."),
  END_TOO_LONG_AGO("CPG-304", "The end date is more than 12 months ago."),
  PERSON_IS_ADULT("CPG-305", "The person is 18: plans of this type have ended (rule 13)."),
  NEWER_SUBMISSION_APPLIED(
      "CPG-306", "A submission with a higher sequence number was applied to this record."),
  NUMBER_INVALIDATED("CPG-307", "The NHS number is no longer valid and has no replacement."),
  REPEATED_IN_SUBMISSION(
      "CPG-308",
      "An earlier record of this submission, which was loaded, says otherwise of this plan."),
  NOTHING_TO_DELETE("CPG-401", "No such record is held, so nothing was deleted.");

  private final String code;
  private final String description;

  DetailCode(String code, String description) {
    this.code = code;
    this.description = description;
  }

  /** The code on the wire: {@code CPG-} and a number. */
  public String code() {
    return code;
  }

  /** What it means, for the authority's staff; never contains what was sent. */
  public String description() {
    return description;
  }
}
