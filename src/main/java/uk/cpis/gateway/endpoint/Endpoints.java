package uk.cpis.gateway.endpoint;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.ServerSecurity;
import uk.cpis.gateway.wire.PageTokens;

/**
 * The gateway's web services over mutual TLS: published together, closed together. Requests in
 * flight are let out within some seconds.
 */
public final class Endpoints implements AutoCloseable {

  private final Edge edge;
  private final List<URI> addresses;

  private Endpoints(Edge edge, List<URI> addresses) {
    this.edge = edge;
    this.addresses = addresses;
  }

  /**
   * Who the gateway is and how it proves it; by its page tokens it knows its own pages again.
   *
   * @param shutOut whether nothing is given any more to whoever holds this certificate
   */
  public record Identity(
      Asid asid,
      SSLContext tls,
      SSLParameters tlsParameters,
      EndpointSecurity security,
      Disagreement disagreement,
      Predicate<X509Certificate> shutOut,
      PageTokens pageTokens) {}

  /** Opens the port, publishes the services behind it and begins to serve. */
  public static Endpoints publish(
      HttpSettings settings, Identity identity, Services services, RefusalRecords records) {
    Edge edge =
        Edge.open(
            settings,
            identity.tls(),
            identity.tlsParameters(),
            cause -> records.counted().accept(Optional.empty(), cause));
    try {
      List<URI> addresses = addresses(settings, edge.port());
      edge.start(handler(settings, addresses, identity, services, records));
      return new Endpoints(edge, addresses);
    } catch (RuntimeException e) {
      edge.close();
      throw e;
    }
  }

  /** What answers, whatever connection lets the requests in. */
  static Handler handler(
      HttpSettings settings,
      List<URI> addresses,
      Identity identity,
      Services services,
      RefusalRecords records) {
    RefusalLog log = new RefusalLog(records);
    Publishing publishing = new Publishing(addresses, identity.security(), log);
    Reception reception = new Reception(identity.asid(), identity.disagreement(), records.audit());
    publishing.publish("query", new QueryDoorway(reception, services), ParserLimits.ofQuery());
    publishing.publish(
        "submission",
        new SubmissionDoorway(reception, services, identity.pageTokens()),
        ParserLimits.ofSubmission());
    publishing.publish("mailbox", new MailboxDoorway(reception, services), ParserLimits.ofQuery());
    return new Guard(settings, identity.shutOut(), log, publishing.handler());
  }

  /** By what addresses the gateway is reached, without a path; the first is the published one. */
  public List<URI> addresses() {
    return addresses;
  }

  /** Has handshakes from now on made with this; connections that are open stay as they are. */
  public void renew(SSLContext tls) {
    edge.renew(tls);
  }

  /** Where it listens, whatever it is known as. */
  int port() {
    return edge.port();
  }

  @Override
  public void close() {
    edge.close();
  }

  /** By what addresses a gateway with these settings is reached at this port. */
  public static List<URI> addresses(HttpSettings settings, int port) {
    if (!settings.addresses().isEmpty()) {
      return settings.addresses();
    }
    List<String> hosts =
        settings.host().equals("127.0.0.1")
            ? List.of("localhost", "127.0.0.1")
            : List.of(settings.host());
    return hosts.stream().map(host -> URI.create("https://" + host + ":" + port)).toList();
  }

  /** CXF on a bus of its own, reached through one servlet. */
  private static final class Publishing {
    private final ExtensionManagerBus bus = new ExtensionManagerBus();
    private final List<URI> addresses;
    private final EndpointSecurity security;
    private final RefusalLog log;

    Publishing(List<URI> addresses, EndpointSecurity security, RefusalLog log) {
      this.addresses = addresses;
      this.security = security;
      this.log = log;
      bus.initialize();
      leaveNoDefault();
    }

    /** CXF makes the first bus everybody's; nobody else is to find ours by accident. */
    private void leaveNoDefault() {
      if (BusFactory.getDefaultBus(false) == bus) {
        BusFactory.setDefaultBus(null);
      }
      BusFactory.clearDefaultBusForAnyThread(bus);
    }

    void publish(String name, Object doorway, ParserLimits limits) {
      EndpointImpl endpoint = new EndpointImpl(bus, doorway);
      endpoint.setWsdlLocation("wsdl/" + name + ".wsdl");
      endpoint.setAddress("/" + name);
      endpoint.setPublishedEndpointUrl(addresses.get(0) + "/" + name);
      endpoint.setProperties(properties());
      ServerSecurity.Refusals refusals =
          new ServerSecurity.Refusals(
              log::refused,
              refused -> ErrorLists.of(Faults.of(refused.refusal().cause()), refused.lookupId()));
      security.of(toOf(name), limits, refusals).protect(endpoint);
      endpoint.getOutFaultInterceptors().add(new FaultInterceptor(log));
      publish(endpoint);
    }

    /** On this thread our bus is the default, or CXF would make one for the whole process. */
    private void publish(EndpointImpl endpoint) {
      Bus before = BusFactory.getAndSetThreadDefaultBus(bus);
      try {
        endpoint.publish();
      } finally {
        BusFactory.setThreadDefaultBus(before);
      }
    }

    private Set<String> toOf(String name) {
      return addresses.stream().map(address -> address + "/" + name).collect(Collectors.toSet());
    }

    private static Map<String, Object> properties() {
      FaultListener weTell = (thrown, description, message) -> false;
      return Map.of(
          Message.SCHEMA_VALIDATION_ENABLED,
          "IN",
          Message.FAULT_STACKTRACE_ENABLED,
          false,
          Message.EXCEPTION_MESSAGE_CAUSE_ENABLED,
          false,
          FaultListener.class.getName(),
          weTell);
    }

    ServletContextHandler handler() {
      CXFNonSpringServlet servlet = new CXFNonSpringServlet();
      servlet.setBus(bus);
      ServletHolder holder = new ServletHolder(servlet);
      holder.setInitParameter("hide-service-list-page", "true");
      holder.setInitParameter("ignore.servlet.context.resolver", "true");
      ServletContextHandler handler = new ServletContextHandler("/");
      handler.addServlet(holder, "/*");
      handler.setErrorHandler(Edge::answerError);
      return handler;
    }
  }
}
