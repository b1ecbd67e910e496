package uk.cpis.gateway.simulator;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.w3c.dom.Document;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.outbound.CallEnding;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.outbound.HttpsPost;
import uk.cpis.gateway.outbound.OutboundSettings;
import uk.cpis.gateway.outbound.SignedCall;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.security.MessageHeaders;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.Verification;

/**
 * A partner's line to the gateway: signs, calls, verifies the reply, and leaves both messages in
 * the partner's folder. Safe to share between threads.
 */
final class GatewayLine implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final int MOST_REPLY_BYTES = 2 * 1024 * 1024;

  private final String party;
  private final KeyMaterial signing;
  private final PartnerWorld world;
  private final HttpsPost post;
  private final SignedCall call;

  GatewayLine(String party, KeyMaterial tls, KeyMaterial signing, PartnerWorld world) {
    this.party = party;
    this.signing = signing;
    this.world = world;
    TlsEndpoint client = TlsEndpoint.client(tls, world.peers(), world.clock(), refused -> {});
    MessageSigner signer = world.signer();
    this.post =
        new HttpsPost(
            client.context(),
            client.parameters(),
            new OutboundSettings(CONNECT, CALL, MOST_REPLY_BYTES));
    this.call =
        new SignedCall(
            post,
            (envelope, headers, kind) -> signer.sign(envelope, headers, signing),
            world.verifier());
  }

  /** Sends a message of the contract and reads the reply as this type. */
  <T> GatewayReply<T> send(
      URI to, Operation operation, ContractXml contract, Object message, Class<T> reply) {
    MessageId id = new MessageId(UUID.randomUUID());
    Instant sent = world.clock().instant();
    long start = System.nanoTime();
    CallEnding ending =
        call(
            new SignedCall.Request(
                to,
                operation,
                id,
                SignatureKind.RSA,
                world.gateway().signingCertificates(),
                contract.envelope(message)));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (ending instanceof CallEnding.Verified verified) {
      keep(operation, sent, id, verified);
      return read(verified.message(), contract, reply, took);
    }
    return new GatewayReply.Failed<>(reason(ending), !unreached(ending), took);
  }

  /** A signed message for the gateway, which is not sent. */
  byte[] signed(URI to, Operation operation, Document envelope, Duration life) {
    MessageHeaders headers =
        MessageHeaders.request(
            AddressingVersion.V2005_08,
            operation.action(),
            new MessageId(UUID.randomUUID()),
            to.toString());
    return new MessageSigner(world.clock(), life).sign(envelope, headers, signing);
  }

  private CallEnding call(SignedCall.Request request) {
    try {
      return call.send(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SimulatorException("interrupted while waiting for the gateway", e);
    }
  }

  private <T> GatewayReply<T> read(
      Verification.Verified message, ContractXml contract, Class<T> reply, Duration took) {
    if (message.fault()) {
      return new GatewayReply.Faulted<>(FaultEnvelope.errors(message.document()), took);
    }
    return contract
        .read(message.document(), reply)
        .<GatewayReply<T>>map(
            content -> new GatewayReply.Answered<>(content, message.messageId(), took))
        .orElseGet(
            () -> new GatewayReply.Failed<>("the reply does not follow the schema", true, took));
  }

  private void keep(Operation operation, Instant sent, MessageId id, CallEnding.Verified passed) {
    String action = operation.action();
    world
        .folder()
        .write(
            new SimulatorFolder.Message(
                party,
                action.substring(action.lastIndexOf('/') + 1),
                sent,
                id,
                passed.request(),
                passed.reply()));
  }

  private static boolean unreached(CallEnding ending) {
    return ending instanceof CallEnding.Broken broken && broken.cause() instanceof ConnectException;
  }

  private static String reason(CallEnding ending) {
    if (ending instanceof CallEnding.Unverified unverified) {
      return "the reply could not be verified: " + unverified.refusal().explanation();
    }
    if (ending instanceof CallEnding.NoSoap noSoap) {
      return "HTTP status " + noSoap.status();
    }
    return unreached(ending)
        ? "the gateway cannot be reached; is the demonstration running?"
        : "no reply: " + ((CallEnding.Broken) ending).cause();
  }

  @Override
  public void close() {
    post.close();
  }
}
