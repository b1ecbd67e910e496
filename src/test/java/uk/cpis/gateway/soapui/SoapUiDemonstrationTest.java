package uk.cpis.gateway.soapui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.simulator.ClinicalRegistration;
import uk.cpis.gateway.simulator.Estate;
import uk.cpis.gateway.simulator.SyntheticPack;

/** The SoapUI project knows the demonstration: its addresses, systems and people. */
class SoapUiDemonstrationTest {

  private static final long FIRST_AUTHORITY_ASID = 200_000_001_000L;
  private static final Estate.Ports PORTS = Estate.Ports.documented();

  private final SoapUiProject project = SoapUiProject.read();
  private final SyntheticPack pack = SyntheticPack.of(SyntheticPack.SEED, 0, LocalDate.EPOCH);

  @Test
  void callsTheGatewayAndTheAuthorityWhereTheyListen() {
    int authority = PORTS.firstAuthority() + towerHamlets();

    assertThat(property("gateway")).isEqualTo("https://localhost:" + PORTS.gateway());
    assertThat(property("authority"))
        .isEqualTo("https://127.0.0.1:" + authority + "/cpis/notification");
    assertThat(SoapUiSettings.MOCK_PORT).isEqualTo(authority);
  }

  @Test
  void namesTheSystemsByTheirAsids() {
    assertThat(property("gatewayAsid")).isEqualTo(Estate.GATEWAY.digits());
    assertThat(property("clinicalAsid"))
        .isEqualTo(ClinicalRegistration.HOMERTON_ED.asid().digits());
    assertThat(property("authorityAsid"))
        .isEqualTo(Long.toString(FIRST_AUTHORITY_ASID + towerHamlets()));
  }

  @Test
  void collectsForAnAuthorityThatHasNoServerWhatAChildOfItsOwnBroughtAbout() {
    SyntheticPack whole = SyntheticPack.of(SyntheticPack.SEED, 1_500, LocalDate.EPOCH);

    assertThat(property("collectingAsid"))
        .isEqualTo(Long.toString(FIRST_AUTHORITY_ASID + indexOf("IOS")));
    assertThat(Estate.COLLECTING).contains(new OdsCode("IOS"));
    assertThat(whole.plans())
        .filteredOn(plan -> plan.person().number().digits().equals(property("collectedNhsNumber")))
        .extracting(plan -> plan.authority().value())
        .contains("IOS");
  }

  @Test
  void sendsTheStorysChildAsTheRegisterKnowsIt() {
    DemographicPerson child = pack.story().child();
    Element update =
        project.requests().stream()
            .map(request -> project.payload(SoapUiProject.text(request, "request")))
            .filter(payload -> payload.getLocalName().equals("planUpdateRequest"))
            .findFirst()
            .orElseThrow();

    Element record = SoapUiProject.child(update, "record");
    assertThat(SoapUiProject.text(record, "nhsNumber")).isEqualTo(child.number().digits());
    assertThat(SoapUiProject.text(record, "familyName")).isEqualTo(child.familyName());
    assertThat(SoapUiProject.text(record, "givenName"))
        .isEqualTo(String.join(" ", child.givenNames()));
    assertThat(SoapUiProject.text(record, "dateOfBirth")).isEqualTo(child.dateOfBirth().toString());
  }

  @Test
  void asksFromTheStorysEmergencyDepartment() {
    assertThat(project.root().getTextContent())
        .contains("<t:code>" + pack.story().emergencyDepartment().code().value() + "</t:code>");
  }

  private String property(String name) {
    return project.expanded("${#Project#" + name + "}");
  }

  private int towerHamlets() {
    return indexOf("TWH");
  }

  private int indexOf(String authority) {
    List<String> codes =
        pack.authorities().stream().map(LocalAuthority::code).map(code -> code.value()).toList();
    return codes.indexOf(authority);
  }
}
