package uk.cpis.gateway.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.xml.namespace.QName;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.query.QueryFault;
import uk.cpis.gateway.contract.query.QueryPort;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.CertificateVerdict;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.testing.TestCertificates;

/**
 * The query contract on a loopback port behind {@link ServerSecurity}. The client certificate is
 * put where the TLS connector would put it.
 */
final class ProtectedQuery implements QueryPort, AutoCloseable {
  private static final String CONTRACT = "urn:nhs-cpis:gateway:query:v1";
  private static final FaultListener SILENT = (thrown, description, message) -> false;
  private static final String SOAP_VALIDATION = "schema-validation-enabled";

  final List<RefusedMessage> refused = new ArrayList<>();
  final List<Sender> senders = new ArrayList<>();
  Function<PlanQueryRequest, PlanQueryResponse> service = request -> new PlanQueryResponse();
  Optional<QueryFault> fault = Optional.empty();
  SignatureKind registeredFor = SignatureKind.RSA;

  private final Server jetty = new Server();
  volatile SignerTrust callers =
      (caller, at) -> new CertificateVerdict.Trusted(List.of(caller), caller);
  volatile SignerTrust signers = SignerTrust.of(Messages.PATHS);
  private final Bus bus = new CXFBusFactory().createBus();

  static ProtectedQuery open() {
    ProtectedQuery query = new ProtectedQuery();
    query.start();
    return query;
  }

  @Override
  public PlanQueryResponse planQuery(PlanQueryRequest request) throws QueryFault {
    VerifiedMessage message = VerifiedMessage.current();
    if (message.interaction() != Interaction.QUERY) {
      throw new IllegalStateException("another interaction");
    }
    Asid claimed = new Asid(request.getSystems().getSenderAsid());
    senders.add(message.sender(claimed).orElseThrow());
    if (fault.isPresent()) {
      throw fault.get();
    }
    return service.apply(request);
  }

  String address() {
    return "http://127.0.0.1:"
        + ((NetworkConnector) jetty.getConnectors()[0]).getLocalPort()
        + "/cpis/query";
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop", e);
    }
    bus.shutdown(true);
  }

  private void start() {
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    CXFNonSpringServlet servlet = new CXFNonSpringServlet();
    servlet.setBus(bus);
    context.addServlet(new ServletHolder(servlet), "/cpis/*");
    context.addFilter(
        new FilterHolder(clientCertificate()), "/*", EnumSet.of(DispatcherType.REQUEST));
    jetty.setHandler(context);
    try {
      jetty.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot start", e);
    }
    publish();
  }

  private void publish() {
    JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
    factory.setBus(bus);
    factory.setServiceClass(QueryPort.class);
    factory.setServiceBean(this);
    factory.setWsdlLocation("wsdl/query.wsdl");
    factory.setServiceName(new QName(CONTRACT, "QueryService"));
    factory.setEndpointName(new QName(CONTRACT, "QueryPort"));
    factory.setAddress("/query");
    factory.setProperties(
        new HashMap<>(Map.of(SOAP_VALIDATION, "IN", FaultListener.class.getName(), SILENT)));
    security().protect(factory);
    factory.create();
  }

  private ServerSecurity security() {
    return new ServerSecurity(
        Set.of(Messages.ADDRESS),
        Messages.verifier((SignerTrust) (signer, at) -> signers.judge(signer, at)),
        signer(),
        kind -> gateway(kind == SignatureKind.RSA ? "signing-rsa" : "signing-ec"),
        (transport, signing, claimed) -> Optional.of(system(claimed)),
        Optional.of(new PeerTrust((caller, at) -> callers.judge(caller, at), Messages.CLOCK)),
        new ServerSecurity.Refusals(refused::add, ProtectedQuery::errors));
  }

  private static MessageSigner signer() {
    return new MessageSigner(Messages.CLOCK, Messages.LIFE);
  }

  static KeyMaterial gateway(String name) {
    return TestCertificates.all().of(Group.GATEWAY, name).keyMaterial();
  }

  private AccreditedSystem system(Asid asid) {
    return new AccreditedSystem(
        asid,
        "a system",
        Optional.empty(),
        Set.of(),
        Set.of(Interaction.QUERY),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        registeredFor);
  }

  private static Element errors(RefusedMessage refused) {
    Document document = Documents.empty();
    Element errors = document.createElementNS("urn:nhs-cpis:gateway:types:v1", "t:errorList");
    Element reference = document.createElementNS("urn:nhs-cpis:gateway:types:v1", "t:reference");
    reference.setTextContent(refused.lookupId().toString());
    errors.appendChild(reference);
    return errors;
  }

  private static Filter clientCertificate() {
    X509Certificate certificate =
        TestCertificates.all().of(Group.CLINICAL, "homerton-ed-tls").certificate();
    return (request, response, chain) -> {
      request.setAttribute(
          "jakarta.servlet.request.X509Certificate", new X509Certificate[] {certificate});
      chain.doFilter(request, response);
    };
  }

  static Document sample(String name) {
    try (InputStream in =
        ProtectedQuery.class.getResourceAsStream("/messages/samples/" + name + ".xml")) {
      return new DocumentReader(ParserLimits.ofQuery()).read(in.readAllBytes(), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
