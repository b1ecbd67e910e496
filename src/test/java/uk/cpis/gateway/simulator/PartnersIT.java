package uk.cpis.gateway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Gateway;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.StaffName;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.testing.TestCertificates;

/**
 * The simulated partners and a whole gateway over mutual TLS: the story, with a few authorities.
 */
class PartnersIT {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final OdsCode TWH = new OdsCode("TWH");
  private static final int PORTS = 7;

  @TempDir Path folder;

  private final DevelopmentCertificates certificates = TestCertificates.all();
  private SyntheticPack pack;
  private PartnerWorld world;
  private SimulatedAuthorities authorities;
  private Gateway gateway;

  @BeforeEach
  void open() throws IOException {
    pack = fewAuthorities(SyntheticPack.of(1, 1, LondonDay.of(CLOCK.instant())));
    int base = freePorts();
    Estate estate =
        new Estate(
            folder,
            certificates,
            pack,
            new Estate.Ports(base, base + 1, base + 2),
            Estate.COLLECTING,
            Steps.UNTOLD);
    Path configuration = estate.write();
    world =
        new PartnerWorld(
            Estate.gateway(certificates),
            TestCertificates.paths(),
            SimulatorFolder.at(folder),
            CLOCK);
    authorities =
        SimulatedAuthorities.open(estate.authoritySystems(), world, base + 2, Steps.UNTOLD);
    gateway = Gateway.open(Configuration.read(configuration, Map.of()).settings(), CLOCK);
  }

  @AfterEach
  void close() {
    gateway.close();
    authorities.close();
  }

  @Test
  void aChildsPlanIsSentShownToldOfAndDeleted() throws IOException {
    SyntheticPlan plan = pack.story().lookedAfter();
    SimulatedAuthority tower = authorities.of(TWH);
    try (AuthorityClient client = tower.client(address("/submission"));
        ClinicalSystem hospital = hospital()) {
      assertThat(answer(client.update(List.of(plan))).getFileCode().value()).isEqualTo("CPF02");

      PlanQueryResponse shown = answer(hospital.ask(question()));
      assertThat(shown.getOutcome()).isEqualTo(SearchOutcomeCode.RECORDS_FOUND);
      assertThat(shown.getAuthorityRecords())
          .singleElement()
          .satisfies(
              records ->
                  assertThat(records.getLocalAuthority().getContacts().getEmergencyDutyTelephone())
                      .isEqualTo(tower.authority().contacts().emergencyDutyTeam().number()));

      await().atMost(Duration.ofMinutes(3)).until(() -> tower.tasks().size() == 1);
      FollowUpTask task = tower.tasks().get(0);
      assertThat(task.text()).contains("Łucja Siân Ó Briain").contains(plan.localIdentifier());
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> gateway.settledAt(task.notification()).isPresent());

      SubmissionAcknowledgementType deleted = answer(client.delete(List.of(plan)));
      assertThat(deleted.getFileCode().value()).isEqualTo("CPF02");
      assertThat(answer(hospital.ask(question())).getOutcome())
          .isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
    }
    assertThat(messagesOf("TWH"))
        .anyMatch(name -> name.contains("-planUpdate-"))
        .anyMatch(name -> name.contains("-accessNotification-"));
    assertThat(messagesOf("homerton")).anyMatch(name -> name.endsWith("-reply.xml"));
  }

  @Test
  void anAuthorityWithoutAServerCollectsAcknowledgesAndMakesItsTasks() throws IOException {
    OdsCode scilly = new OdsCode("IOS");
    SyntheticPlan story = pack.story().lookedAfter();
    SyntheticPlan plan =
        new SyntheticPlan(scilly, story.person(), story.type(), story.period(), "IOS-1");
    try (AuthorityClient client = authorities.of(scilly).client(address("/submission"));
        ClinicalSystem hospital = hospital();
        MailboxClient mailbox =
            new MailboxClient(
                Estate.authoritySystem(pack, scilly, certificates), world, address("/mailbox"))) {
      assertThat(answer(client.update(List.of(plan))).getFileCode().value()).isEqualTo("CPF02");
      answer(hospital.ask(question()));

      List<MailboxItem> collected = MailboxItem.of(answer(mailbox.collect(10)));

      assertThat(collected).hasSize(1);
      assertThat(collected.get(0).text()).contains("Łucja Siân Ó Briain").contains("IOS-1");
      assertThat(answer(mailbox.acknowledge(collected, AnswerCode.ACCEPTED)).getItem())
          .extracting(item -> item.getSettlement().value())
          .containsExactly("settled");
      assertThat(answer(mailbox.collect(10)).getNotification()).isEmpty();
      assertThat(gateway.settledAt(collected.get(0).id())).isPresent();
    }
    assertThat(folder.resolve("tasks").resolve("IOS").resolve("1.txt")).isRegularFile();
    assertThat(messagesOf("IOS")).anyMatch(name -> name.contains("-collect-"));
  }

  @Test
  void aSystemIsToldByAFaultWhatItMayNotDo() {
    try (ClinicalSystem hospital = hospital()) {
      GatewayReply<PlanQueryResponse> reply =
          hospital.ask(
              new ClinicalSystem.Question(
                  pack.story().child().number(), doctor(), ActivityCode.B0170, Optional.empty()));

      assertThat(reply).isInstanceOf(GatewayReply.Faulted.class);
      assertThat(((GatewayReply.Faulted<PlanQueryResponse>) reply).errors()).isNotEmpty();
    }
  }

  private static <T> T answer(GatewayReply<T> reply) {
    assertThat(reply).isInstanceOf(GatewayReply.Answered.class);
    return ((GatewayReply.Answered<T>) reply).content();
  }

  private ClinicalSystem hospital() {
    return new ClinicalSystem(
        "homerton",
        ClinicalRegistration.HOMERTON_ED.asid(),
        certificates.of(Group.CLINICAL, "homerton-ed-tls").keyMaterial(),
        certificates.of(Group.CLINICAL, "homerton-ed-signing").keyMaterial(),
        world,
        address("/query"));
  }

  private ClinicalSystem.Question question() {
    return new ClinicalSystem.Question(
        pack.story().child().number(), doctor(), ActivityCode.B0107, Optional.empty());
  }

  private Clinician doctor() {
    return new Clinician(
        "555555555555",
        new StaffName(Optional.of("Dr"), Optional.of("Pat"), "Sample"),
        new JobRole("R0260", "Consultant"),
        pack.story().emergencyDepartment().organisation(),
        Optional.empty());
  }

  private URI address(String path) {
    return URI.create(gateway.addresses().get(0) + path);
  }

  private List<String> messagesOf(String party) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("messages").resolve(party))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The authorities that have certificates in the tests' PKI, and no plans but the story's. */
  private static SyntheticPack fewAuthorities(SyntheticPack whole) {
    return new SyntheticPack(
        whole.authorities().stream()
            .filter(authority -> TestCertificates.AUTHORITIES.contains(authority.code()))
            .toList(),
        whole.sites(),
        whole.people(),
        List.of(),
        whole.story());
  }

  /** The first of some ports in a row that are free now. */
  private static int freePorts() throws IOException {
    int base = 0;
    while (base == 0) {
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        base = any.getLocalPort() + 1;
      }
      for (int port = base; port != 0 && port < base + PORTS; port++) {
        if (!free(port)) {
          base = 0;
          break;
        }
      }
    }
    return base;
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
