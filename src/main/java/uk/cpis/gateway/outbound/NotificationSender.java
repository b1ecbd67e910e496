package uk.cpis.gateway.outbound;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import uk.cpis.gateway.contract.notification.NotificationAnswerType;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.security.Verification;
import uk.cpis.gateway.wire.NotificationWire;
import uk.cpis.gateway.wire.Parties;

/**
 * Delivers notifications to the authorities' own systems, each under its own id, and tells how each
 * attempt ended. It never throws for a partner's trouble and never tries again. Safe to share
 * between threads.
 */
public final class NotificationSender {
  private final SignedCall call;
  private final Asid gateway;
  private final Function<OdsCode, Optional<AuthorityEndpoint>> endpoints;
  private final RegisteredServers servers;
  private final Consumer<AuthorityAlert> alerts;
  private final ContractXml contract = ContractXml.of("notification");

  /**
   * Speaks as this gateway.
   *
   * @param servers the ones that the TLS context of the call asks whom to believe
   */
  public NotificationSender(
      SignedCall call,
      Asid gateway,
      Function<OdsCode, Optional<AuthorityEndpoint>> endpoints,
      RegisteredServers servers,
      Consumer<AuthorityAlert> alerts) {
    this.call = call;
    this.gateway = gateway;
    this.endpoints = endpoints;
    this.servers = servers;
    this.alerts = alerts;
  }

  /** One attempt. */
  public DeliveryOutcome deliver(Notification notification) {
    Optional<AuthorityEndpoint> endpoint = endpoints.apply(notification.authority());
    if (endpoint.isEmpty()) {
      return new DeliveryOutcome.Unreachable("no address is registered for this authority");
    }
    servers.expect(notification.authority(), endpoint.get());
    try {
      return new Attempt(notification, endpoint.get()).outcome();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new DeliveryOutcome.Unreachable("the gateway is closing");
    }
  }

  /** One notification on its way to one endpoint. */
  private final class Attempt {
    private final Notification notification;
    private final AuthorityEndpoint endpoint;

    Attempt(Notification notification, AuthorityEndpoint endpoint) {
      this.notification = notification;
      this.endpoint = endpoint;
    }

    DeliveryOutcome outcome() throws InterruptedException {
      CallEnding ending = call.send(request());
      if (ending instanceof CallEnding.Verified verified) {
        return answered(verified.message());
      }
      if (ending instanceof CallEnding.Unverified unverified) {
        return doubtful(unverified.refusal().explanation());
      }
      if (ending instanceof CallEnding.NoSoap noSoap) {
        return FailureRules.ofStatus(noSoap.status());
      }
      return FailureRules.of(((CallEnding.Broken) ending).cause());
    }

    private SignedCall.Request request() {
      Parties parties = new Parties(gateway, endpoint.asid());
      return new SignedCall.Request(
          endpoint.address(),
          NotificationOperations.of(notification.kind()),
          notification.id().messageId(),
          endpoint.signatureKind(),
          endpoint.signingCertificates(),
          contract.envelope(NotificationWire.request(notification, parties)));
    }

    private DeliveryOutcome answered(Verification.Verified message) {
      return message.fault()
          ? FailureRules.ofFault(message.document())
          : contract
              .read(message.document(), NotificationAnswerType.class)
              .map(this::settled)
              .orElseGet(() -> doubtful("the answer does not follow the schema"));
    }

    private DeliveryOutcome settled(NotificationAnswerType answer) {
      NotificationWire.Answer read = NotificationWire.read(answer);
      boolean toThis =
          read.notification().equals(notification.id())
              && Parties.read(answer.getSystems()).equals(new Parties(endpoint.asid(), gateway));
      if (!toThis) {
        return doubtful("the answer is about another notification or between other systems");
      }
      return read.answer() == AuthorityAnswer.TRY_LATER
          ? new DeliveryOutcome.Deferred("the authority asks to try later")
          : new DeliveryOutcome.Settled(read.answer());
    }

    private DeliveryOutcome doubtful(String explanation) {
      alerts.accept(new AuthorityAlert(notification.authority(), notification.id(), explanation));
      return new DeliveryOutcome.Deferred("the answer could not be trusted");
    }
  }
}
