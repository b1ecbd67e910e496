package uk.cpis.gateway.attack;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.w3c.dom.NodeList;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.TrustAnchors;
import uk.cpis.gateway.security.Expectations;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.RefusalCause;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.security.Verification;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestReply;

/**
 * Says why the gateway would refuse, since it tells its callers less, and reads its faults. Safe
 * for threads.
 */
final class Judge {

  private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\\s\";]+)");
  private static final Map<Kind, String> PAYLOADS = payloads();

  private final SignerTrust trust = SignerTrust.of(paths());
  private final RegisteredCertificates registered =
      RegisteredCertificates.of(CertificateAttacks.registered());
  private final Map<Kind, MessageVerifier> verifiers = new EnumMap<>(Kind.class);
  private final MessageVerifier replies = verifier(ParserLimits.ofSubmission());

  Judge() {
    for (Kind kind : Kind.values()) {
      verifiers.put(kind, verifier(kind.limits()));
    }
  }

  private MessageVerifier verifier(ParserLimits limits) {
    return new MessageVerifier(
        limits, Freshness.standard(), trust, registered, InstantSource.system());
  }

  private static CertificatePaths paths() {
    TrustAnchors own = TestCertificates.all().trustAnchors();
    List<X509Certificate> intermediates = new ArrayList<>(own.intermediates());
    CertificateAttacks.configured().forEach(each -> intermediates.add(each.certificate()));
    CertificatePaths paths =
        new CertificatePaths(
            new TrustAnchors(own.anchors(), intermediates), TestCertificates.all().crls());
    paths.renew(
        new Crls(CertificateAttacks.configured().stream().map(Certificates::list).toList()));
    return paths;
  }

  /** Why this message is refused before anybody reads it; empty when it is verified. */
  Optional<RefusalCause> cause(Kind kind, String to, Hostile hostile) {
    Kind received = hostile.path().isPresent() ? at(hostile.path().get()) : kind;
    return cause(verifiers.get(received), kind, to, hostile);
  }

  /** The same, by this verifier. */
  static Optional<RefusalCause> cause(
      MessageVerifier verifier, Kind kind, String to, Hostile hostile) {
    Matcher charset = CHARSET.matcher(hostile.header("Content-Type").orElse(""));
    Kind received = hostile.path().isPresent() ? at(hostile.path().get()) : kind;
    Expectations expected =
        new Expectations.Request(
            Set.of(to.replaceAll("/[a-z]+$", received.path())),
            operations(received),
            soapAction(hostile));
    Verification verification =
        verifier.verify(
            hostile.bytes(),
            charset.find() ? Optional.of(charset.group(1)) : Optional.empty(),
            expected);
    return verification instanceof Verification.Refused refused
        ? Optional.of(refused.refusal().cause())
        : Optional.empty();
  }

  private static Kind at(String path) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> soapAction(Hostile hostile) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < hostile.headers().size(); i += 2) {
      if (hostile.headers().get(i).equals("SOAPAction")) {
        values.add(hostile.headers().get(i + 1));
      }
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
  }

  private static List<Operation> operations(Kind kind) {
    return Stream.of(Kind.values())
        .filter(each -> each.path().equals(kind.path()))
        .map(Judge::operation)
        .toList();
  }

  private static Operation operation(Kind kind) {
    String namespace = "urn:nhs-cpis:gateway:" + kind.service() + ":v1";
    String action = kind.interaction().action();
    String name = PAYLOADS.get(kind);
    return new Operation(
        new QName(namespace, name + "Request"),
        action,
        new QName(namespace, name + "Response"),
        action + "Response");
  }

  private static Map<Kind, String> payloads() {
    Map<Kind, String> names = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      String action = kind.interaction().action();
      names.put(kind, action.substring(action.lastIndexOf('/') + 1));
    }
    return names;
  }

  /** The codes of a fault; fails unless it is one, signed by the gateway. */
  Set<String> codes(TestReply reply) {
    String type = reply.headers().firstValue("Content-Type").orElse("");
    Matcher charset = CHARSET.matcher(type);
    Verification verification =
        replies.verify(
            reply.bytes(),
            charset.find() ? Optional.of(charset.group(1)) : Optional.empty(),
            new Expectations.Reply(operation(Kind.QUERY), reply.sent().id(), signer -> true));
    if (!(verification instanceof Verification.Verified verified) || !verified.fault()) {
      throw new AssertionError("no fault but " + verification + " " + reply.text());
    }
    NodeList found = verified.document().getElementsByTagNameNS("*", "code");
    Set<String> codes = new TreeSet<>();
    for (int i = 0; i < found.getLength(); i++) {
      codes.add(found.item(i).getTextContent());
    }
    return codes;
  }
}
