package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.operations.RegistrationOutcome.Refused;
import uk.cpis.gateway.operations.RegistrationOutcome.Taken;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/** A change of the registration that meets trouble is never forgotten, and undoes no other. */
class RegistryIT {

  private static final TestSystem HOMERTON = TestSystem.homerton();

  private final List<Operator> names = new ArrayList<>();
  private int failures;
  private RuntimeException failure = new IllegalStateException("no room for the audit");
  @TempDir private Path folder;
  private Path files;
  private Store store;
  private Directory directory;
  private Registry registry;

  @BeforeEach
  void open() {
    new GatewayFolder(List.of(HOMERTON, TestSystem.towerHamlets()), List.of(), Map.of())
        .write(folder);
    files = folder.resolve("directory");
    store = TestStore.open(folder.resolve("store"));
    InstantSource clock = InstantSource.system();
    Audit audit = new Audit(store, clock, UUID::randomUUID, Duration.ofSeconds(10));
    RegistrationAudit changes = new RegistrationAudit(store, audit);
    String seen = Registry.contents(files);
    Registrations first = Registrations.read(files);
    changes.keep(first, RegistrationAudit.FILES);
    directory = Directory.open(first, store, clock);
    registry =
        new Registry(
            files,
            seen,
            directory,
            (now, operator) -> {
              if (failures-- > 0) {
                throw failure;
              }
              names.add(operator);
              return changes.keep(now, operator);
            },
            audit,
            () -> {},
            gone -> {
              throw new IllegalStateException("the store does not answer");
            });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aSuspensionThatCannotBeAuditedIsTriedAgainInTheSameNameUntilItCounts() {
    failures = 2;
    suspend();
    try (RecordedLog log = RecordedLog.of(Registry.class.getName())) {
      assertThatThrownBy(() -> registry.load(OPERATOR)).isInstanceOf(IllegalStateException.class);
      registry.look();
      assertThat(registry.fault()).hasValueSatisfying(why -> assertThat(why).contains("tried"));
      assertThat(suspended(directory.systems())).isFalse();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("CPG-REGISTRATION-NOT-TAKEN by=a.operator");

      registry.look();
    }
    assertThat(suspended(directory.systems())).isTrue();
    assertThat(registry.fault()).isEmpty();
    assertThat(names).containsExactly(OPERATOR);
    registry.look();
    assertThat(names).hasSize(1);
  }

  @Test
  void aSuspensionInTheFilesThatCannotBeAuditedIsTriedAgainWithTheNextLook() {
    failures = 1;
    suspend();
    registry.look();
    registry.look();
    assertThat(registry.fault()).isPresent();

    registry.look();
    assertThat(suspended(directory.systems())).isTrue();
    assertThat(registry.fault()).isEmpty();
    assertThat(names).containsExactly(RegistrationAudit.FILES);
  }

  @Test
  void filesThatCouldNotBeReadForAMomentAreReadAgainThoughTheyAreTheSame() {
    failures = 2;
    failure = new RegistrationException(List.of("systems.json: cannot be read"));
    suspend();
    registry.look();
    try (RecordedLog log = RecordedLog.of(Registry.class.getName())) {
      registry.look();
      registry.look();
      assertThat(registry.fault()).isPresent();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("CPG-REGISTRATION-REFUSED by=files");
    }
    registry.look();
    assertThat(suspended(directory.systems())).isTrue();
    assertThat(registry.fault()).isEmpty();
  }

  @Test
  void whatIsHalfSavedAtOneLookIsNotTakenAndTheWholeIsWhenTwoLooksFindIt() {
    List<RegisteredSystem> whole = Registrations.read(files).systems();
    systems(whole.stream().filter(each -> !is(each)).toList());
    registry.look();
    systems(whole);
    registry.look();
    registry.look();
    assertThat(names).isEmpty();

    suspend();
    registry.look();
    assertThat(suspended(directory.systems())).isFalse();
    registry.look();
    assertThat(suspended(directory.systems())).isTrue();
  }

  @Test
  void anAuthorityIsGoneThoughNobodyCanSayWhatItIsOwed() {
    systems(Registrations.read(files).systems().stream().filter(RegistryIT::is).toList());
    assertThat(registry.load(OPERATOR)).isInstanceOf(Taken.class);
    RegisterFile.AUTHORITIES.write(files, RegisterFile.AUTHORITIES.file(), List.of());

    try (RecordedLog log = RecordedLog.of(Registry.class.getName())) {
      assertThat(registry.load(OPERATOR)).isInstanceOf(Taken.class);
      assertThat(log.messages())
          .anyMatch(line -> line.contains("CPG-AUTHORITY-GONE") && line.contains("owed=unknown"));
    }
    assertThat(registry.fault()).isEmpty();
  }

  @Test
  void aProposalMadeFromOlderSystemsUndoesNoSuspension() {
    Proposal<RegisteredSystem> older = Proposal.in(files, RegisterFile.SYSTEMS);
    List<RegisteredSystem> before = Registrations.read(files).systems();
    suspend();
    older.write(files, before);

    assertThat(registry.takeProposed(older.name(), OPERATOR))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.faults())
                    .containsExactly("the systems changed meanwhile: type it again"));
    assertThat(suspended(Registrations.read(files).systems())).isTrue();
    assertThat(proposals()).isEmpty();

    Proposal<RegisteredSystem> newer = Proposal.in(files, RegisterFile.SYSTEMS);
    newer.write(files, Registrations.read(files).systems());
    assertThat(registry.takeProposed(newer.name(), OPERATOR)).isInstanceOf(Taken.class);
    assertThat(suspended(directory.systems())).isTrue();
  }

  @Test
  void ofTwoProposalsMadeAtOnceEachOperatorHasHisOwnTakenOrIsToldToTypeItAgain() {
    List<RegisteredSystem> before = Registrations.read(files).systems();
    Operator another = new Operator("b.operator", "127.0.0.1");
    Proposal<RegisteredSystem> one = Proposal.in(files, RegisterFile.SYSTEMS);
    Proposal<RegisteredSystem> other = Proposal.in(files, RegisterFile.SYSTEMS);
    one.write(files, before.stream().map(each -> each.suspended(is(each))).toList());
    other.write(files, before);

    assertThat(registry.takeProposed(one.name(), OPERATOR)).isInstanceOf(Taken.class);
    assertThat(suspended(directory.systems())).isTrue();
    assertThat(names).containsExactly(OPERATOR);
    assertThat(registry.takeProposed(other.name(), another))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.faults()).singleElement().asString().contains("again"));
    assertThat(suspended(directory.systems())).isTrue();
    assertThat(proposals()).isEmpty();
    assertThat(registry.takeProposed("../systems", another)).isInstanceOf(Refused.class);
  }

  @Test
  void authoritiesAreJudgedWithTheSystemsThatAreThereWhenTheyAreTaken() {
    Registrations before = Registrations.read(files);
    systems(before.systems().stream().filter(RegistryIT::is).toList());
    Proposal<RegisteredAuthority> none = Proposal.in(files, RegisterFile.AUTHORITIES);
    none.write(files, List.of());
    systems(before.systems());

    assertThat(registry.takeProposed(none.name(), OPERATOR))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.faults())
                    .singleElement()
                    .asString()
                    .contains("is of no registered authority"));
    assertThat(Registrations.read(files)).isEqualTo(before);
    assertThat(proposals()).isEmpty();
  }

  @Test
  void whatTheFilesHadChangedBeforeIsNotKeptInTheNameOfWhoeverHasAProposalTaken() {
    suspend();
    Proposal<RegisteredSystem> resuming = Proposal.in(files, RegisterFile.SYSTEMS);
    resuming.write(
        files,
        Registrations.read(files).systems().stream().map(each -> each.suspended(false)).toList());

    assertThat(registry.takeProposed(resuming.name(), OPERATOR)).isInstanceOf(Taken.class);
    assertThat(names).containsExactly(RegistrationAudit.FILES, OPERATOR);
    assertThat(suspended(directory.systems())).isFalse();
  }

  private void systems(List<RegisteredSystem> systems) {
    RegisterFile.SYSTEMS.write(files, RegisterFile.SYSTEMS.file(), systems);
  }

  private List<String> proposals() {
    return List.of(files.toFile().list()).stream()
        .filter(each -> each.contains("proposed") || each.contains("unfinished"))
        .toList();
  }

  private void suspend() {
    systems(
        Registrations.read(files).systems().stream()
            .map(each -> is(each) ? each.suspended(true) : each)
            .toList());
  }

  private static boolean suspended(List<RegisteredSystem> systems) {
    return systems.stream().filter(RegistryIT::is).allMatch(RegisteredSystem::suspended);
  }

  private static boolean is(RegisteredSystem system) {
    return system.system().asid().equals(HOMERTON.asid());
  }
}
