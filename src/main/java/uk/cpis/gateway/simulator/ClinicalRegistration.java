package uk.cpis.gateway.simulator;

import java.util.Set;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.SignatureKind;

/**
 * The clinical systems of the development PKI and how a development gateway registers them: the
 * names of their certificates, and the settings of the sites that they speak for.
 */
public enum ClinicalRegistration {
  /** The emergency department of the story; RSA. */
  HOMERTON_ED(
      "200000000101",
      "Emergency department system",
      "homerton-ed-tls",
      "homerton-ed-signing",
      Set.of(CareSetting.EMERGENCY_DEPARTMENT),
      Set.of(ActivityCode.B0107),
      SignatureKind.RSA),
  /** An integration engine for NHS 111 and out-of-hours GPs; EC P-256. */
  NHS_111(
      "200000000102",
      "NHS 111 integration engine",
      "nhs111-tls",
      "nhs111-signing",
      Set.of(CareSetting.NHS_111, CareSetting.OUT_OF_HOURS_GP),
      Set.of(ActivityCode.B0107),
      SignatureKind.EC),
  /** An ambulance service; its signing key is EC P-384. */
  AMBULANCE(
      "200000000103",
      "Ambulance service system",
      "ambulance-tls",
      "ambulance-signing",
      Set.of(CareSetting.AMBULANCE_SERVICE),
      Set.of(ActivityCode.B0107),
      SignatureKind.EC),
  /** General practice: scheduled care, silent reads allowed; one certificate for both uses. */
  GENERAL_PRACTICE(
      "200000000104",
      "General practice system",
      "gp",
      "gp",
      Set.of(CareSetting.GENERAL_PRACTICE),
      Set.of(ActivityCode.B0107, ActivityCode.B0170),
      SignatureKind.RSA);

  private final Asid asid;
  private final String systemName;
  private final String transport;
  private final String signing;
  private final Set<CareSetting> settings;
  private final Set<ActivityCode> activityCodes;
  private final SignatureKind signatureKind;

  ClinicalRegistration(
      String asid,
      String systemName,
      String transport,
      String signing,
      Set<CareSetting> settings,
      Set<ActivityCode> activityCodes,
      SignatureKind signatureKind) {
    this.asid = new Asid(asid);
    this.systemName = systemName;
    this.transport = transport;
    this.signing = signing;
    this.settings = settings;
    this.activityCodes = activityCodes;
    this.signatureKind = signatureKind;
  }

  public Asid asid() {
    return asid;
  }

  String systemName() {
    return systemName;
  }

  /** The name of its TLS certificate among the clinical ones of the development PKI. */
  public String transport() {
    return transport;
  }

  /** The name of its signing certificate among the clinical ones of the development PKI. */
  public String signing() {
    return signing;
  }

  /** Whether this system is registered for the site. */
  public boolean speaksFor(Site site) {
    return settings.contains(site.setting());
  }

  Set<ActivityCode> activityCodes() {
    return activityCodes;
  }

  /** With which kind of key it signs. */
  public SignatureKind signatureKind() {
    return signatureKind;
  }
}
