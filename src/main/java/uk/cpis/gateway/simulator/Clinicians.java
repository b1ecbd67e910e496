package uk.cpis.gateway.simulator;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.StaffName;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;

/**
 * The made-up people who ask in the demonstration and under load, each at a site of their system.
 */
public enum Clinicians {
  CONSULTANT(
      ClinicalRegistration.HOMERTON_ED,
      "555000000101",
      new StaffName(Optional.of("Dr"), Optional.of("Amara"), "Testcase"),
      new JobRole("R0260", "Consultant")),
  CALL_HANDLER(
      ClinicalRegistration.NHS_111,
      "555000000102",
      new StaffName(Optional.empty(), Optional.of("Siân"), "Donotuse"),
      new JobRole("R1720", "Clinical adviser")),
  PARAMEDIC(
      ClinicalRegistration.AMBULANCE,
      "555000000103",
      new StaffName(Optional.empty(), Optional.of("Łukasz"), "Xxtestŵ"),
      new JobRole("R8010", "Paramedic")),
  PRACTICE_NURSE(
      ClinicalRegistration.GENERAL_PRACTICE,
      "555000000104",
      new StaffName(Optional.empty(), Optional.of("Órla"), "Madeup"),
      new JobRole("R8001", "Practice nurse"));

  private final ClinicalRegistration registration;
  private final String userId;
  private final StaffName name;
  private final JobRole jobRole;

  Clinicians(ClinicalRegistration registration, String userId, StaffName name, JobRole jobRole) {
    this.registration = registration;
    this.userId = userId;
    this.name = name;
    this.jobRole = jobRole;
  }

  /** The system they ask through, with its development keys. */
  public ClinicalSystem system(
      DevelopmentCertificates certificates, PartnerWorld world, URI queries) {
    return new ClinicalSystem(
        registration.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        registration.asid(),
        certificates.of(Group.CLINICAL, registration.transport()).keyMaterial(),
        certificates.of(Group.CLINICAL, registration.signing()).keyMaterial(),
        world,
        queries);
  }

  /** How the system they ask through is registered. */
  public ClinicalRegistration registration() {
    return registration;
  }

  /** What they ask about this person, from the first site that their system speaks for. */
  public ClinicalSystem.Question about(NhsNumber person, SyntheticPack pack) {
    Site site = site(pack);
    Clinician clinician =
        new Clinician(userId, name, jobRole, site.organisation(), Optional.empty());
    return new ClinicalSystem.Question(
        person, clinician, ActivityCode.B0107, Optional.of(site.setting()));
  }

  /** Where they work. */
  public Site site(SyntheticPack pack) {
    return pack.sites().stream()
        .filter(registration::speaksFor)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no site for " + registration));
  }

  /** Their name as the history shows it. */
  public String shownName() {
    return name.full();
  }

  public JobRole jobRole() {
    return jobRole;
  }
}
