package uk.cpis.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.MOTHER;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.current;
import static uk.cpis.gateway.testing.Examples.person;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.demographics.Demographics;
import uk.cpis.gateway.demographics.LookUp;
import uk.cpis.gateway.demographics.LookUps;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.events.DemographicDesk;
import uk.cpis.gateway.store.Transaction;
import uk.cpis.gateway.testing.TestServices;

/** Rules 14 and 19 where they meet a submission: what look-ups bring, and what overtakes them. */
class NewsOfPeopleIT {

  private static final NumberStanding SENSITIVE = new NumberStanding.Sensitive();

  @TempDir Path folder;
  private TestServices services;
  private Hackney hackney;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
    services.know(current(CHILD));
    hackney = Hackney.at(services);
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void whatALookUpSaysOfANumberIsNewsForTheOtherAuthoritiesToo() {
    NhsNumber adopted = new NhsNumber("9990000042");
    services.know(
        person(OTHER_CHILD, Status.SENSITIVE, Optional.empty()),
        person(MOTHER, Status.SUPERSEDED, Optional.of(CHILD)),
        person(adopted, Status.INVALIDATED, Optional.empty()));
    List<DemographicEvent> told = new ArrayList<>();

    telling(told)
        .updates(
            1,
            Sent.good(),
            Sent.good().withNumber(OTHER_CHILD.digits()),
            Sent.good().withNumber(MOTHER.digits()),
            Sent.good().withNumber(adopted.digits()),
            Sent.good().withNumber("9990000050"));

    assertThat(told)
        .containsExactly(
            changed(OTHER_CHILD, SENSITIVE),
            changed(MOTHER, new NumberStanding.Superseded(Optional.of(CHILD))),
            changed(adopted, new NumberStanding.Invalidated()));
  }

  @Test
  void rule14TheOtherAuthorityIsToldOfASupersededNumberByWhomeverItIsNoticedFirst() {
    Hackney towerHamlets = hackney.as(TOWER_HAMLETS);
    towerHamlets.updates(1, Sent.good());
    services.know(person(CHILD, Status.SUPERSEDED, Optional.of(OTHER_CHILD)), current(OTHER_CHILD));
    DemographicDesk desk = new DemographicDesk(services.audit(), services.clock());
    Hackney noticing = hackney.by(services.submissions(services.register(), desk::apply));

    assertThat(Hackney.codes(noticing.updates(1, Sent.good()))).containsExactly("CPR05");
    assertThat(Hackney.codes(noticing.updates(2, Sent.good()))).containsExactly("CPR05");

    await()
        .untilAsserted(
            () ->
                assertThat(services.owedTo(TOWER_HAMLETS))
                    .singleElement()
                    .extracting(owed -> ((DemographicNotification) owed).news())
                    .isEqualTo(new DemographicNews.InactiveNumber(Optional.of(OTHER_CHILD))));
    assertThat(services.owedTo(HACKNEY)).isEmpty();
  }

  @Test
  void whatIsToldIsUndoneWithTheSubmissionItCameFrom() {
    services.know(person(OTHER_CHILD, Status.SENSITIVE, Optional.empty()));
    Hackney failing =
        hackney.by(
            services.submissions(
                services.register(),
                (tx, news) -> {
                  keep(tx, news);
                  throw new IllegalStateException("planted");
                }));

    assertThatThrownBy(
            () -> failing.updates(1, Sent.good(), Sent.good().withNumber(OTHER_CHILD.digits())))
        .hasMessage("planted");

    assertThat(hackney.visible(CHILD)).isEmpty();
    assertThat(standing(OTHER_CHILD)).isEqualTo(new NumberStanding.Current());
  }

  @Test
  void aChildWhoBecameSensitiveAfterTheLookUpIsNotLoaded() {
    Demographics overtaken =
        firstThen(
            () -> {
              services.know(person(CHILD, Status.SENSITIVE, Optional.empty()));
              services.store().change(tx -> stand(tx, CHILD, SENSITIVE));
            });

    assertThat(Hackney.codes(hackney.asking(overtaken).updates(1, Sent.good())))
        .containsExactly("CPR02");
    assertThat(hackney.visible(CHILD)).isEmpty();
  }

  @Test
  void aSubmissionWaitsForTheEventThatIsBeingAppliedToItsChild() {
    AtomicReference<CompletableFuture<Acknowledgement>> sent = new AtomicReference<>();
    services
        .store()
        .change(
            tx -> {
              stand(tx, CHILD, SENSITIVE);
              assertThat(visible(tx)).isEmpty();
              tx.people().put(person(CHILD, Status.SENSITIVE, Optional.empty()));
              Hackney asking = hackney.asking(firstThen(() -> {}));
              sent.set(CompletableFuture.supplyAsync(() -> asking.updates(1, Sent.good())));
              assertThatThrownBy(() -> sent.get().get(1, TimeUnit.SECONDS))
                  .isInstanceOf(TimeoutException.class);
            });

    assertThat(Hackney.codes(sent.get().join())).containsExactly("CPR02");
    assertThat(hackney.visible(CHILD)).isEmpty();
  }

  @Test
  void anEventThatMeetsASubmissionSeesTheRecordOrTheSubmissionSeesTheEvent() {
    services.know(person(OTHER_CHILD, Status.SENSITIVE, Optional.empty()));
    AtomicReference<CompletableFuture<List<Plan>>> event = new AtomicReference<>();
    Hackney meeting =
        hackney.by(
            services.submissions(
                services.register(),
                (tx, news) -> {
                  // The child's record is written by now, and not committed.
                  if (event.get() == null) {
                    event.set(CompletableFuture.supplyAsync(this::becomesSensitive));
                    assertThatThrownBy(() -> event.get().get(1, TimeUnit.SECONDS))
                        .isInstanceOf(TimeoutException.class);
                  }
                }));

    Acknowledgement acknowledgement =
        meeting.updates(1, Sent.good(), Sent.good().withNumber(OTHER_CHILD.digits()));

    boolean loaded = Hackney.codes(acknowledgement).get(0).equals("CPR06");
    assertThat(event.get().join()).hasSize(loaded ? 1 : 0);
    assertThat(standing(CHILD)).isEqualTo(SENSITIVE);
  }

  @Test
  void aChildWhoIsNoLongerSensitiveIsLoadedAndToldToBeCurrent() {
    services.store().change(tx -> stand(tx, CHILD, SENSITIVE));
    List<DemographicEvent> told = new ArrayList<>();

    assertThat(Hackney.codes(telling(told).updates(1, Sent.good()))).containsExactly("CPR06");

    assertThat(told).containsExactly(changed(CHILD, new NumberStanding.Current()));
    assertThat(standing(CHILD)).isEqualTo(new NumberStanding.Current());
  }

  /** The event as it is applied: how the number stands first, then who must be told. */
  private List<Plan> becomesSensitive() {
    return services
        .store()
        .inTransaction(
            tx -> {
              stand(tx, CHILD, SENSITIVE);
              tx.people().put(person(CHILD, Status.SENSITIVE, Optional.empty()));
              return visible(tx);
            });
  }

  /** Answers that the child is current, after which something happens; later asks the register. */
  private Demographics firstThen(Runnable happening) {
    AtomicInteger asked = new AtomicInteger();
    return numbers -> {
      if (asked.getAndIncrement() > 0) {
        return services.register().lookUp(numbers);
      }
      happening.run();
      return new LookUps.Answered(Map.of(CHILD, new LookUp.Found(current(CHILD))));
    };
  }

  private Hackney telling(List<DemographicEvent> told) {
    return hackney.by(
        services.submissions(
            services.register(),
            (tx, news) -> {
              told.add(news);
              keep(tx, news);
            }));
  }

  private void keep(Transaction tx, DemographicEvent news) {
    DemographicEvent.StandingChanged changed = (DemographicEvent.StandingChanged) news;
    stand(tx, changed.number(), changed.standing());
  }

  private void stand(Transaction tx, NhsNumber number, NumberStanding standing) {
    tx.standings().put(number, standing, services.clock().instant());
  }

  private NumberStanding standing(NhsNumber number) {
    return services.store().read(tx -> tx.standings().of(number));
  }

  private List<Plan> visible(Transaction tx) {
    return tx.plans().visible(CHILD, LondonDay.of(services.clock().instant()));
  }

  private static DemographicEvent changed(NhsNumber number, NumberStanding standing) {
    return new DemographicEvent.StandingChanged(number, standing);
  }
}
