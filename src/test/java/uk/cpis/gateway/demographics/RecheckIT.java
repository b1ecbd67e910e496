package uk.cpis.gateway.demographics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.MOTHER;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.current;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicEvent.StandingChanged;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.store.Transaction;
import uk.cpis.gateway.testing.TestServices;

/** Rules 14 and 19 where demographics tell no news by themselves, on a real store. */
class RecheckIT {

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final NumberStanding SENSITIVE = new NumberStanding.Sensitive();

  @TempDir Path folder;
  private final Map<NhsNumber, LookUp> known = new ConcurrentHashMap<>();
  private final List<Set<NhsNumber>> asked = new CopyOnWriteArrayList<>();
  private final List<DemographicEvent> told = new CopyOnWriteArrayList<>();
  private volatile boolean down;
  private TestServices services;

  @BeforeEach
  void holdThreePeople() {
    services = TestServices.open(folder);
    services.hold(
        plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION),
        plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER),
        plan(HACKNEY, OTHER_CHILD, PlanType.LOOKED_AFTER),
        plan(HACKNEY, MOTHER, PlanType.UNBORN));
    List.of(CHILD, OTHER_CHILD, MOTHER)
        .forEach(number -> known.put(number, new LookUp.Found(current(number))));
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void tellsWhatStandsOtherwiseThanBeforeOnce() {
    known.put(CHILD, new LookUp.Sensitive());
    known.put(MOTHER, new LookUp.Superseded(Optional.of(OTHER_CHILD)));

    rounds(recheck(10), 3);

    assertThat(told)
        .containsExactlyInAnyOrder(
            new StandingChanged(CHILD, SENSITIVE),
            new StandingChanged(MOTHER, new NumberStanding.Superseded(Optional.of(OTHER_CHILD))));
  }

  @Test
  void tellsThatANumberIsCurrentAgain() {
    services.store().change(tx -> tx.standings().put(CHILD, SENSITIVE, services.clock().instant()));

    rounds(recheck(10), 2);

    assertThat(told).containsExactly(new StandingChanged(CHILD, new NumberStanding.Current()));
  }

  @Test
  void concludesNothingFromANumberThatIsNotKnownThere() {
    known.put(CHILD, new LookUp.NotFound());

    rounds(recheck(10), 1);

    assertThat(told).isEmpty();
  }

  @Test
  void asksAPageAtATimeAndPausesBetween() {
    Recheck recheck = recheck(2);

    recheck.step();
    recheck.step();
    assertThat(asked).containsExactly(Set.of(CHILD));

    services.clock().advance(PAUSE);
    recheck.step();
    assertThat(asked).containsExactly(Set.of(CHILD), Set.of(OTHER_CHILD, MOTHER));
  }

  @Test
  void goesOnAfterARestartAndThenFromTheBeginning() {
    recheck(2).step();

    rounds(recheck(2), 3);

    assertThat(asked).containsExactly(Set.of(CHILD), Set.of(OTHER_CHILD, MOTHER), Set.of(CHILD));
  }

  @Test
  void looksAtNobodyOfWhomNothingIsVisible() {
    services.hold(
        plan(HACKNEY, OTHER_CHILD, PlanType.LOOKED_AFTER, Optional.of(LocalDate.of(2025, 6, 1))));

    rounds(recheck(10), 1);

    assertThat(asked).containsExactly(Set.of(CHILD, MOTHER));
  }

  @Test
  void asksEverMoreRarelyWhileNothingIsAnsweredAndLosesNothing() {
    known.put(CHILD, new LookUp.Sensitive());
    down = true;
    Recheck recheck = recheck(10);

    for (int minute = 0; minute < 15; minute++) {
      recheck.step();
      services.clock().advance(PAUSE);
    }
    assertThat(asked).hasSize(4);

    down = false;
    services.clock().advance(Duration.ofHours(1));
    recheck.step();
    assertThat(told).containsExactly(new StandingChanged(CHILD, SENSITIVE));
  }

  @Test
  void whatCannotBeToldIsLookedAtAgain() {
    known.put(CHILD, new LookUp.Sensitive());
    Recheck failing =
        new Recheck(
            services.store(),
            this::lookUp,
            (tx, event) -> {
              throw new IllegalStateException("planted");
            },
            new RecheckSettings(10, PAUSE),
            services.clock());
    assertThatThrownBy(failing::step).hasMessage("planted");

    rounds(recheck(10), 1);

    assertThat(told).containsExactly(new StandingChanged(CHILD, SENSITIVE));
  }

  @Test
  void worksOnAThreadOfItsOwnByTheClockUntilItIsClosed() {
    Recheck recheck =
        Recheck.open(
            services.store(),
            this::lookUp,
            this::tell,
            new RecheckSettings(10, PAUSE),
            services.clock());
    try (recheck) {
      await().untilAsserted(() -> assertThat(asked).hasSize(1));
      known.put(CHILD, new LookUp.Sensitive());
      await()
          .untilAsserted(
              () -> {
                services.clock().advance(PAUSE);
                assertThat(told).containsExactly(new StandingChanged(CHILD, SENSITIVE));
              });
    }
    int until = asked.size();
    services.clock().advance(PAUSE);
    assertThat(asked).hasSize(until);
  }

  private Recheck recheck(int page) {
    return new Recheck(
        services.store(),
        this::lookUp,
        this::tell,
        new RecheckSettings(page, PAUSE),
        services.clock());
  }

  private void rounds(Recheck recheck, int steps) {
    for (int i = 0; i < steps; i++) {
      recheck.step();
      services.clock().advance(PAUSE);
    }
  }

  private LookUps lookUp(Set<NhsNumber> numbers) {
    asked.add(Set.copyOf(numbers));
    return down
        ? new LookUps.Unavailable()
        : new LookUps.Answered(
            numbers.stream().collect(Collectors.toMap(number -> number, known::get)));
  }

  /** Keeps the standing, as whoever is told does. */
  private void tell(Transaction tx, DemographicEvent event) {
    told.add(event);
    StandingChanged changed = (StandingChanged) event;
    tx.standings().put(changed.number(), changed.standing(), services.clock().instant());
  }
}
