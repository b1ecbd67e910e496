package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.OPERATOR;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.retention.RetentionSettings;
import uk.cpis.gateway.retention.RetentionSweep;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.testing.TestServices;

/** When the store is swept. The clock stands at ten past nine on a Friday evening in November. */
class HousekeepingIT {

  private static final Plan PAST =
      plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION, Optional.of(LocalDate.of(2024, 5, 1)));

  @TempDir Path folder;
  private TestServices services;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void sweepsAtOnceWhereTheQuietHourWasMissedAndThenOnceADay() {
    Housekeeping housekeeping = housekeeping();
    assertThat(sweptIn(housekeeping)).isTrue();
    assertThat(sweptIn(housekeeping)).isFalse();

    services.clock().advance(Duration.ofHours(5).plusMinutes(49));
    assertThat(sweptIn(housekeeping)).isFalse();
    services.clock().advance(Duration.ofMinutes(1));
    assertThat(sweptIn(housekeeping)).isTrue();
    assertThat(sweptIn(housekeeping)).isFalse();
    services.clock().advance(Duration.ofHours(24));
    assertThat(sweptIn(housekeeping)).isTrue();
  }

  @Test
  void sweepsAtTheSameHourInLondonInSummer() {
    services
        .clock()
        .advance(Duration.between(TestServices.START, Instant.parse("2027-07-01T01:59:59Z")));
    Housekeeping housekeeping = housekeeping();
    sweptIn(housekeeping);

    assertThat(sweptIn(housekeeping)).isFalse();
    services.clock().advance(Duration.ofSeconds(1));
    assertThat(sweptIn(housekeeping)).isTrue();
  }

  @Test
  void knowsAfterARestartThatItSweptToday() {
    assertThat(sweptIn(housekeeping())).isTrue();

    assertThat(sweptIn(housekeeping())).isFalse();
  }

  @Test
  void sweepsForAnOperatorAndTheAuditHasHisName() {
    services.hold(PAST);

    assertThat(housekeeping().sweepFor(OPERATOR).removed("records")).isEqualTo(1);

    assertThat(services.entries(AuditEvent.RETENTION_SWEPT))
        .extracting(AuditEntry::operator, AuditEntry::outcome)
        .containsExactly(tuple(Optional.of(OPERATOR), "COMPLETE"));
  }

  @Test
  void healthTellsTheLastSweepAndItsAgeAndComplainsWhenItIsTooOld() {
    Housekeeping housekeeping = housekeeping();
    assertThat(housekeeping.state()).isEqualTo("not swept yet");
    housekeeping.step();
    services.clock().advance(Duration.ofHours(49));
    assertThat(housekeeping.fault()).isEmpty();
    assertThat(housekeeping.state()).isEqualTo("swept at 2026-11-20T21:10:00Z, 49 h ago");

    services.clock().advance(Duration.ofSeconds(1));
    assertThat(housekeeping.fault()).hasValueSatisfying(told -> told.contains("49 h ago"));
  }

  @Test
  void endsBetweenTwoBatchesWhenTheGatewayCloses() {
    services.hold(PAST);
    Housekeeping housekeeping =
        Housekeeping.open(sweep(), services.audit(), services.clock(), LocalTime.of(3, 0));

    housekeeping.close();

    assertThat(housekeeping.sweepFor(OPERATOR).complete()).isFalse();
    assertThat(isStored()).isTrue();
  }

  private boolean sweptIn(Housekeeping housekeeping) {
    services.hold(PAST);
    housekeeping.step();
    return !isStored();
  }

  private boolean isStored() {
    return services.store().read(tx -> tx.plans().find(PAST.key()).isPresent());
  }

  private Housekeeping housekeeping() {
    return new Housekeeping(sweep(), services.audit(), services.clock(), LocalTime.of(3, 0));
  }

  private RetentionSweep sweep() {
    return new RetentionSweep(
        services.store(),
        services.audit(),
        services.clock(),
        RetentionSettings.of(
            Duration.ofDays(35),
            Duration.ofDays(400),
            Duration.ofDays(30),
            Duration.ofDays(2922),
            Duration.ofDays(90)),
        Steps.NONE);
  }
}
