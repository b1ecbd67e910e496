package uk.cpis.gateway.domain;

import java.util.Arrays;
import java.util.Optional;

/** The kind of place where the record is looked at; scheduled or unscheduled care (cpis.md §1). */
public enum CareSetting {
  EMERGENCY_DEPARTMENT("emergency-department", false, "emergency department"),
  WALK_IN_CENTRE("walk-in-centre", false, "walk-in centre"),
  MINOR_INJURY_UNIT("minor-injury-unit", false, "minor injury unit"),
  URGENT_TREATMENT_CENTRE("urgent-treatment-centre", false, "urgent treatment centre"),
  OUT_OF_HOURS_GP("out-of-hours-gp", false, "out-of-hours GP"),
  NHS_111("nhs-111", false, "NHS 111"),
  PAEDIATRIC_WARD("paediatric-ward", false, "paediatric ward with direct admission"),
  MATERNITY_UNIT("maternity-unit", false, "maternity unit"),
  AMBULANCE_SERVICE("ambulance-service", false, "ambulance service"),
  GENERAL_PRACTICE("general-practice", true, "general practice in hours"),
  CHILD_ADOLESCENT_MENTAL_HEALTH(
      "child-adolescent-mental-health", true, "child and adolescent mental health"),
  HEALTH_VISITING_SCHOOL_NURSING(
      "health-visiting-school-nursing", true, "health visiting and school nursing (0-19)"),
  COMMUNITY_PAEDIATRICS("community-paediatrics", true, "community paediatrics"),
  DENTISTRY("dentistry", true, "dentistry"),
  SEXUAL_ASSAULT_REFERRAL_CENTRE(
      "sexual-assault-referral-centre", true, "sexual assault referral centre"),
  TERMINATION_OF_PREGNANCY_SERVICE(
      "termination-of-pregnancy-service", true, "termination of pregnancy service");

  private final String code;
  private final boolean scheduled;
  private final String description;

  CareSetting(String code, boolean scheduled, String description) {
    this.code = code;
    this.scheduled = scheduled;
    this.description = description;
  }

  /** The setting with this code, as the contract and the files write it. */
  public static Optional<CareSetting> ofCode(String code) {
    return Arrays.stream(values()).filter(setting -> setting.code.equals(code)).findFirst();
  }

  public String code() {
    return code;
  }

  public boolean scheduled() {
    return scheduled;
  }

  /** In words, for people. */
  public String description() {
    return description;
  }
}
