package uk.cpis.gateway.simulator;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.outbound.NotificationOperations;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.security.Expectations;
import uk.cpis.gateway.security.MessageHeaders;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.Verification;

/**
 * The system of one local authority: receives signed notifications over mutual TLS, answers them
 * signed, and keeps a follow-up task for each. It can be stopped and started, and told to behave
 * badly. Safe to share between threads.
 */
public final class SimulatedAuthority {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedAuthority.class);

  private final AuthoritySystem system;
  private final PartnerWorld world;
  private final ServerConnector connector;
  private final MessageVerifier verifier;
  private final MessageSigner signer;
  private final FollowUpTasks tasks;
  private final AuthorityInbox inbox;
  private volatile AuthorityBehaviour behaviour = AuthorityBehaviour.ACCEPT;

  SimulatedAuthority(AuthoritySystem system, PartnerWorld world, ServerConnector connector) {
    this.system = system;
    this.world = world;
    this.connector = connector;
    this.verifier = world.verifier();
    this.signer = world.signer();
    this.tasks = new FollowUpTasks(system.authority().code(), world.folder(), world.clock());
    this.inbox = new AuthorityInbox(system.asid(), world.gateway().asid(), tasks);
  }

  /** What goes back: an HTTP status and, with most, a SOAP message. */
  record Reply(int status, byte[] body) {}

  public LocalAuthority authority() {
    return system.authority();
  }

  /** Where it receives notifications. */
  public URI address() {
    return URI.create(
        "https://" + connector.getHost() + ":" + connector.getPort() + "/cpis/notification");
  }

  /** The tasks made so far, in order. */
  public List<FollowUpTask> tasks() {
    return tasks.all();
  }

  /** From now on it answers in this way. */
  public void behave(AuthorityBehaviour wanted) {
    behaviour = wanted;
  }

  AuthorityBehaviour behaviour() {
    return behaviour;
  }

  /** Nobody listens any more: connections are refused. */
  public void stop() {
    try {
      connector.stop();
    } catch (Exception e) {
      throw new SimulatorException("cannot stop " + system.authority().name(), e);
    }
  }

  /** Listens again, where it did before. */
  public void start() {
    try {
      connector.start();
      connector.setPort(connector.getLocalPort());
    } catch (Exception e) {
      throw new SimulatorException("cannot start " + system.authority().name(), e);
    }
  }

  /** Speaks to the gateway as this authority's system; to be closed after use. */
  public AuthorityClient client(URI submissions) {
    return new AuthorityClient(system, world, submissions);
  }

  /** Answers one message. */
  Reply answer(byte[] message, Optional<String> charset, Optional<String> soapAction) {
    Instant received = world.clock().instant();
    Verification verification =
        verifier.verify(
            message,
            charset,
            new Expectations.Request(
                Set.of(address().toString()), NotificationOperations.all(), soapAction));
    if (!(verification instanceof Verification.Verified verified)) {
      LOG.warn(
          "{} refuses a message: {}",
          system.authority().name(),
          ((Verification.Refused) verification).refusal().explanation());
      return fault(FaultEnvelope.notVerified(), Optional.empty());
    }
    if (!world.gateway().signingCertificates().contains(verified.signerFingerprint())) {
      LOG.warn("{} refuses a message that the gateway did not sign", system.authority().name());
      return fault(FaultEnvelope.notVerified(), Optional.empty());
    }
    Reply reply = answer(verified);
    String action = verified.action();
    world
        .folder()
        .write(
            new SimulatorFolder.Message(
                system.authority().code().value(),
                action.substring(action.lastIndexOf('/') + 1),
                received,
                verified.messageId(),
                message,
                reply.body()));
    return reply;
  }

  private Reply answer(Verification.Verified message) {
    return switch (behaviour) {
      case NOT_OURS -> answer(message, AnswerCode.NOT_OURS);
      case TRY_LATER -> answer(message, AnswerCode.TRY_LATER);
      case FAIL -> fault(FaultEnvelope.systemFailure(), Optional.of(message));
      case REFUSE -> fault(FaultEnvelope.malformed(), Optional.of(message));
      case ACCEPT, STALL, GARBAGE, UNAVAILABLE, RESET -> answer(message, AnswerCode.ACCEPTED);
    };
  }

  private Reply answer(Verification.Verified message, AnswerCode code) {
    NotificationKind kind = NotificationOperations.ofAction(message.action());
    Document answer = inbox.answer(message.document(), kind, code);
    return new Reply(
        200, signed(answer, Optional.of(message), NotificationOperations.of(kind).replyAction()));
  }

  private Reply fault(Document fault, Optional<Verification.Verified> message) {
    return new Reply(500, signed(fault, message, AddressingVersion.V2005_08.faultAction()));
  }

  private byte[] signed(Document envelope, Optional<Verification.Verified> message, String action) {
    MessageHeaders headers =
        MessageHeaders.reply(
            message.map(Verification.Verified::version).orElse(AddressingVersion.V2005_08),
            action,
            new MessageId(UUID.randomUUID()),
            message.map(Verification.Verified::messageIdAsSent));
    return signer.sign(envelope, headers, system.signing());
  }
}
