package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;

/** Records of a store of the version before get the same last visible day as new ones. */
class LastVisibleDayMigrationIT {

  private static final String VERSION_BEFORE = "2";
  private static final LocalDate START = LocalDate.of(2007, 1, 1);

  @TempDir Path directory;
  private DataSource database;

  @BeforeEach
  void versionBefore() {
    System.setProperty("derby.stream.error.file", directory.resolve("derby.log").toString());
    EmbeddedDataSource source = new EmbeddedDataSource();
    source.setDatabaseName("memory:" + UUID.randomUUID());
    source.setCreateDatabase("create");
    database = source;
    flyway().target(VERSION_BEFORE).load().migrate();
  }

  @Test
  void everyRecordOfTheVersionBeforeGetsItsLastVisibleDay() throws SQLException {
    Map<String, Plan> plans = plans();
    insert(plans);

    flyway().load().migrate();

    Map<String, Optional<LocalDate>> expected = new LinkedHashMap<>();
    plans.forEach((name, plan) -> expected.put(name, plan.lastVisibleDay()));
    assertThat(lastVisibleDays()).isEqualTo(expected);
  }

  @Test
  void theTraceOfADeletedRecordHasNone() throws SQLException {
    insert(plans());
    try (Connection connection = database.getConnection()) {
      connection
          .prepareStatement(
              "UPDATE plan SET deleted = true, start_date = NULL, end_date = NULL,"
                  + " date_of_birth = NULL")
          .executeUpdate();
    }

    flyway().load().migrate();

    assertThat(lastVisibleDays().values()).containsOnly(Optional.empty());
  }

  /** Ends around the turn of February, births 18 and 19 years before, each type, by identifier. */
  private static Map<String, Plan> plans() {
    Map<String, Plan> plans = new LinkedHashMap<>();
    for (Optional<LocalDate> end : ends()) {
      for (LocalDate born : births()) {
        for (PlanType type : PlanType.values()) {
          Plan plan = plan(plans.size(), type, born, end);
          plans.put(plan.localIdentifier().orElseThrow(), plan);
        }
      }
    }
    return plans;
  }

  private static List<Optional<LocalDate>> ends() {
    List<Optional<LocalDate>> ends = new ArrayList<>(List.of(Optional.empty()));
    for (String day : List.of("2024-02-28", "2024-02-29", "2024-03-01", "2025-02-28")) {
      ends.add(Optional.of(LocalDate.parse(day)));
    }
    ends.add(Optional.of(LocalDate.of(2026, 3, 1)));
    ends.add(Optional.of(LocalDate.of(2026, 12, 31)));
    return ends;
  }

  private static List<LocalDate> births() {
    List<LocalDate> births = new ArrayList<>();
    for (int year : List.of(2006, 2007, 2008, 2009)) {
      LocalDate march = LocalDate.of(year, 3, 1);
      births.addAll(List.of(march.minusDays(2), march.minusDays(1), march, march.plusDays(1)));
      births.addAll(List.of(LocalDate.of(year, 3, 29), LocalDate.of(year, 12, 31)));
    }
    return births;
  }

  private static Plan plan(int index, PlanType type, LocalDate born, Optional<LocalDate> end) {
    return new Plan(
        new PlanKey(new OdsCode("T" + (100 + index)), new NhsNumber("9990000018"), type),
        new PlanPeriod(START, end),
        new Subject("Exampleton", "Siân", born),
        Optional.of("record-" + index),
        new SubmissionReference(new MessageId(new UUID(0, index)), 1));
  }

  private void insert(Map<String, Plan> plans) throws SQLException {
    String insert =
        """
        INSERT INTO plan
          (nhs_number, authority, plan_type, start_date, end_date, family_name, given_name,
           date_of_birth, local_identifier, message_id, sequence_number, changed_at, deleted)
        VALUES (?, ?, ?, ?, ?, 'Exampleton', 'Siân', ?, ?, ?, 1, CURRENT_TIMESTAMP, false)
        """;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      for (Plan plan : plans.values()) {
        statement.setString(1, plan.key().person().digits());
        statement.setString(2, plan.key().authority().value());
        statement.setString(3, plan.key().type().code());
        statement.setDate(4, Date.valueOf(plan.period().start()));
        statement.setDate(5, plan.period().end().map(Date::valueOf).orElse(null));
        statement.setDate(6, Date.valueOf(plan.subject().dateOfBirth()));
        statement.setString(7, plan.localIdentifier().orElseThrow());
        statement.setString(8, plan.submission().messageId().toString());
        statement.executeUpdate();
      }
    }
  }

  private Map<String, Optional<LocalDate>> lastVisibleDays() throws SQLException {
    Map<String, Optional<LocalDate>> days = new LinkedHashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT * FROM plan");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Date day = rows.getDate("last_visible_day");
        days.put(
            rows.getString("local_identifier"), Optional.ofNullable(day).map(Date::toLocalDate));
      }
    }
    return days;
  }

  private FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(database)
        .locations("classpath:uk/cpis/gateway/store/migration");
  }
}
