package uk.cpis.gateway.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import uk.cpis.gateway.bench.HttpReply;
import uk.cpis.gateway.bench.LoadConnection;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.security.Expectations;
import uk.cpis.gateway.security.MessageHeaders;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.Verification;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSystem;

/**
 * A clinician's line that costs little: one connection that is kept, every message signed, and of
 * the answers one in twenty verified, with every fault. For one thread; only closing is for any.
 */
final class QuickLine implements Line {

  private static final int ONE_IN_SO_MANY_IS_VERIFIED = 20;
  private static final String SERVICE = "query";
  private static final Operation QUERY = PartnerLine.operation(Interaction.QUERY, SERVICE);
  private static final ContractXml CONTRACT = PartnerLine.CONTRACTS.get(SERVICE);

  private final TestSystem system;
  private final URI queries;
  private final TlsEndpoint tls;
  private final MessageSigner signer;
  private final KeyMaterial key;
  private final MessageVerifier verifier;
  private final Set<CertificateFingerprint> gateway = PartnerLine.gatewaysCertificates();
  private final DocumentBuilder parser = parser();
  private volatile @Nullable LoadConnection connection;
  private long answers;

  QuickLine(TestSystem system, URI gateway, InstantSource clock) {
    this.system = system;
    this.queries = gateway.resolve("/" + SERVICE);
    this.tls =
        TlsEndpoint.client(
            system.tlsKeys(), TestCertificates.paths(), InstantSource.system(), refused -> {});
    this.signer = new MessageSigner(clock, PartnerLine.LIFE);
    this.key = system.signingKeys();
    this.verifier = PartnerLine.verifier(clock);
  }

  private static DocumentBuilder parser() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public TestSystem system() {
    return system;
  }

  @Override
  public Reply send(Interaction interaction, MessageId id, Object body) {
    if (interaction != Interaction.QUERY) {
      throw new IllegalArgumentException("only questions go this way");
    }
    MessageHeaders headers =
        MessageHeaders.request(AddressingVersion.V2005_08, QUERY.action(), id, queries.toString());
    byte[] message = signer.sign(CONTRACT.envelope(body), headers, key);
    try {
      return reply(id, connected().ask(message));
    } catch (IOException e) {
      close();
      return new Lost(e.toString());
    }
  }

  private LoadConnection connected() throws IOException {
    LoadConnection open = connection;
    if (open == null) {
      open = LoadConnection.open(queries, tls);
      connection = open;
    }
    return open;
  }

  private Reply reply(MessageId id, HttpReply reply) {
    if (reply.body().length == 0) {
      return new Status(reply.status());
    }
    if (reply.status() != 200 || ++answers % ONE_IN_SO_MANY_IS_VERIFIED == 0) {
      return verified(id, reply);
    }
    try {
      return new Answered(parser.parse(new ByteArrayInputStream(reply.body())), CONTRACT);
    } catch (SAXException | IOException e) {
      return new Lost(e.toString());
    }
  }

  private Reply verified(MessageId id, HttpReply reply) {
    Verification verification =
        verifier.verify(
            reply.body(),
            Optional.of("utf-8"),
            new Expectations.Reply(QUERY, id, gateway::contains));
    if (verification instanceof Verification.Refused refused) {
      return reply.status() == 503
          ? new Status(503)
          : new Lost("not verified: " + refused.refusal().explanation());
    }
    Verification.Verified good = (Verification.Verified) verification;
    Document envelope = good.document();
    return good.fault() ? Faulted.of(envelope) : new Answered(envelope, CONTRACT);
  }

  @Override
  public void close() {
    LoadConnection open = connection;
    connection = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // It was of no more use.
    }
  }
}
