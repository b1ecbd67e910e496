package uk.cpis.gateway.events;

import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicNotification;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.NumberStanding.Current;
import uk.cpis.gateway.domain.NumberStanding.Invalidated;
import uk.cpis.gateway.domain.NumberStanding.Sensitive;
import uk.cpis.gateway.domain.NumberStanding.Superseded;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.testing.TestServices;

/** A desk at a store of its own, to which news come and from which authorities are told. */
final class NewsDesk implements AutoCloseable {

  private final TestServices services;
  private final DemographicDesk desk;

  NewsDesk(Path folder) {
    services = TestServices.open(folder);
    desk = new DemographicDesk(services.audit(), services.clock());
  }

  TestServices services() {
    return services;
  }

  void superseded(NhsNumber number, NhsNumber replacement) {
    stands(number, new Superseded(Optional.of(replacement)));
  }

  void invalidated(NhsNumber number) {
    stands(number, new Invalidated());
  }

  void sensitive(NhsNumber number) {
    stands(number, new Sensitive());
  }

  void current(NhsNumber number) {
    stands(number, new Current());
  }

  void stands(NhsNumber number, NumberStanding standing) {
    comes(new DemographicEvent.StandingChanged(number, standing));
  }

  void born(NhsNumber baby, NhsNumber mother, LocalDate day) {
    comes(new DemographicEvent.Born(baby, mother, day));
  }

  /** In a transaction of its own. */
  void comes(DemographicEvent event) {
    services.store().change(tx -> desk.apply(tx, event));
  }

  /** All that this authority was told of by now. */
  List<DemographicNotification> told(OdsCode authority) {
    numbered();
    return services.owedTo(authority).stream().map(DemographicNotification.class::cast).toList();
  }

  List<String> audited(AuditEvent event) {
    numbered();
    return services.audited(event);
  }

  /** The writer numbers what was committed before it takes the next entry. */
  private void numbered() {
    services
        .audit()
        .refused(AuditedMessage.unread(newMessageId(), homerton()), RejectionReason.BUSY);
  }

  @Override
  public void close() {
    services.close();
  }
}
