package uk.cpis.gateway.security;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.w3c.dom.Element;

/**
 * Reads a KeyInfo: one reference to one certificate, in one of the four forms. Key values,
 * certificates in X509Data, paths and everything else are refused.
 */
final class KeyReferenceReader {
  private static final int LONGEST_TOKEN = 16_384;
  private static final int LONGEST_NAME = 1_024;

  /** Names that .NET and OpenSSL write and the JDK does not know. */
  private static final Map<String, String> NAME_PARTS =
      Map.of("S", "2.5.4.8", "E", "1.2.840.113549.1.9.1", "SERIALNUMBER", "2.5.4.5");

  private KeyReferenceReader() {}

  static KeyReference read(Element keyInfo, SecurityHeader security, Census census) {
    Element reference = only(keyInfo, Names.WSSE, "SecurityTokenReference");
    List<Element> children = Elements.children(reference);
    require(children.size() == 1, children.size() + " references in one");
    require(Elements.hasElementsOnly(reference), "text beside a reference");
    Element form = children.get(0);
    if (Elements.is(form, Names.WSSE, "Reference")) {
      return token(form, security.token(), census);
    }
    if (Elements.is(form, Names.WSSE, "KeyIdentifier")) {
      return identifier(form);
    }
    require(Elements.is(form, Names.DS, "X509Data"), "another form of reference");
    return issuerAndSerial(only(form, Names.DS, "X509IssuerSerial"));
  }

  private static KeyReference token(Element reference, Optional<Element> token, Census census) {
    require(Elements.children(reference).isEmpty(), "elements in a reference");
    String uri = reference.getAttributeNS(null, "URI");
    Optional<Element> target =
        uri.startsWith("#") ? census.target(uri.substring(1)) : Optional.empty();
    boolean ours = target.isPresent() && token.isPresent() && target.get() == token.get();
    require(ours, "a reference to no token of this header");
    require(valueType(reference) && valueType(token.get()), "a token that is not X.509 version 3");
    String encoding = token.get().getAttributeNS(null, "EncodingType");
    require(encoding.isEmpty() || encoding.equals(Names.BASE64), "a token in another encoding");
    return new KeyReference.Token(certificate(token.get()));
  }

  private static boolean valueType(Element element) {
    String type = element.getAttributeNS(null, "ValueType");
    return type.isEmpty() || type.equals(Names.X509_V3);
  }

  /** Exactly one certificate in DER, nothing after it. */
  private static X509Certificate certificate(Element token) {
    byte[] der = base64(token, LONGEST_TOKEN);
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      require(Arrays.equals(certificate.getEncoded(), der), "more than a certificate in the token");
      return certificate;
    } catch (CertificateException e) {
      throw RefusalException.of(RefusalCause.KEY_REFERENCE, "a token that is no certificate");
    }
  }

  private static KeyReference identifier(Element identifier) {
    byte[] bytes = base64(identifier, LONGEST_NAME);
    return switch (identifier.getAttributeNS(null, "ValueType")) {
      case Names.SUBJECT_KEY_IDENTIFIER -> KeyReference.SubjectKeyIdentifier.of(bytes);
      case Names.THUMBPRINT -> KeyReference.Thumbprint.of(bytes);
      default ->
          throw RefusalException.of(RefusalCause.KEY_REFERENCE, "another kind of identifier");
    };
  }

  private static KeyReference issuerAndSerial(Element issuerSerial) {
    String name = Elements.text(only(issuerSerial, Names.DS, "X509IssuerName", 2));
    String serial = Elements.text(only(issuerSerial, Names.DS, "X509SerialNumber", 2));
    require(name.length() <= LONGEST_NAME, "a long issuer name");
    require(serial.matches("[0-9]{1,60}"), "a serial that is no number");
    try {
      return new KeyReference.IssuerAndSerial(
          new X500Principal(name, NAME_PARTS), new BigInteger(serial));
    } catch (IllegalArgumentException e) {
      throw RefusalException.of(
          RefusalCause.KEY_REFERENCE, "an issuer that is no name of the form CN=..., O=..., C=...");
    }
  }

  /** The JDK's lenient decoders skip what is not base64; this takes white space only. */
  private static byte[] base64(Element element, int longest) {
    String text = Elements.text(element);
    require(text.length() <= longest && Elements.hasTextOnly(element), "a long token");
    require(!text.contains("-----"), "a token with the lines of a PEM file in it");
    try {
      return Base64.getDecoder().decode(text.replaceAll("[ \\t\\r\\n]", ""));
    } catch (IllegalArgumentException e) {
      throw RefusalException.of(RefusalCause.KEY_REFERENCE, "a token that is not base64");
    }
  }

  private static Element only(Element parent, String namespace, String name) {
    return only(parent, namespace, name, 1);
  }

  private static Element only(Element parent, String namespace, String name, int among) {
    List<Element> found = Elements.children(parent, namespace, name);
    require(!found.isEmpty(), "no " + name);
    require(found.size() == 1, name + " " + found.size() + " times");
    require(Elements.children(parent).size() == among, "more than " + name);
    require(Elements.hasElementsOnly(parent), "text beside the " + name);
    return found.get(0);
  }

  private static void require(boolean holds, String found) {
    RefusalException.unless(holds, RefusalCause.KEY_REFERENCE, found);
  }
}
