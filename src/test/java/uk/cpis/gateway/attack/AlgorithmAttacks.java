package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.ALGORITHM;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_FORM;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_VALUE;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** Weak, foreign and confused algorithms, and values that are no signatures. */
final class AlgorithmAttacks extends Attacks {

  private static final String MGF1 = "http://www.w3.org/2007/05/xmldsig-more#";

  AlgorithmAttacks() {
    super("algorithm");
    weak();
    named();
    keyedWithTheCertificate();
    digests();
    canonicalForms();
    values();
    ellipticValues();
  }

  private void weak() {
    only(Kind.QUERY, Kind.UPDATE, Kind.DELETE, Kind.COLLECT);
    for (String algorithm :
        List.of(
            Names.DS + "rsa-sha1",
            Names.MORE + "rsa-md5",
            Names.MORE + "rsa-sha224",
            MGF1 + "sha1-rsa-MGF1",
            MGF1 + "sha256-rsa-MGF1",
            MGF1 + "sha512-rsa-MGF1")) {
      made(
          "signed with " + end(algorithm),
          ALGORITHM,
          d -> d.pen(d.pen().algorithm(algorithm)).signed());
    }
    ofAll();
  }

  private void named() {
    for (String algorithm :
        List.of(
            "",
            "urn:hostile-marker",
            Names.DS + "dsa-sha1",
            "http://www.w3.org/2009/xmldsig11#dsa-sha256",
            Names.MORE + "ecdsa-sha1",
            Names.MORE + "ecdsa-sha224",
            Names.MORE + "ecdsa-sha512",
            Names.MORE + "rsa-ripemd160",
            Names.MORE + "RSA-SHA256",
            Names.MORE + "rsa-sha256 ",
            Names.DS + "rsa-sha256",
            "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
            "http://www.w3.org/2001/04/xmldsig-more#hmac-md5")) {
      altered(
          "algorithm said to be '" + end(algorithm) + "'",
          ALGORITHM,
          xml -> method(xml, algorithm));
    }
    altered(
        "no signature algorithm",
        Expected.cause(ALGORITHM),
        xml -> xml.replaceFirst("<ds:SignatureMethod Algorithm=\"[^\"]*\"", "<ds:SignatureMethod"));
    altered(
        "signature algorithm with parameters",
        SIGNATURE_FORM,
        xml ->
            xml.replaceFirst(
                "(<ds:SignatureMethod[^>]*>)", "$1<ds:HMACOutputLength>1</ds:HMACOutputLength>"));
    altered(
        "algorithm of the other kind of key",
        SIGNATURE_VALUE,
        xml ->
            method(xml, Names.MORE + (xml.contains("ecdsa-sha256") ? "rsa" : "ecdsa") + "-sha256"));
    altered(
        "another algorithm of the same key",
        SIGNATURE_VALUE,
        xml -> xml.replace("-sha256\"", "-sha384\""));
  }

  private static String method(String xml, String algorithm) {
    return xml.replaceFirst(
        "<ds:SignatureMethod Algorithm=\"[^\"]*\"",
        "<ds:SignatureMethod Algorithm=\"" + algorithm + "\"");
  }

  private static String end(String algorithm) {
    return algorithm.substring(algorithm.indexOf('#') + 1);
  }

  private void keyedWithTheCertificate() {
    for (String algorithm :
        List.of(
            Names.DS + "hmac-sha1",
            Names.MORE + "hmac-sha224",
            Names.MORE + "hmac-sha256",
            Names.MORE + "hmac-sha384",
            Names.MORE + "hmac-sha512")) {
      made(
          end(algorithm) + " keyed with the certificate",
          ALGORITHM,
          d -> hmac(d, algorithm, Draft.der(d.pen().certificate())));
    }
    String sha256 = Names.MORE + "hmac-sha256";
    made(
        "hmac keyed with the certificate in base64",
        ALGORITHM,
        d ->
            hmac(d, sha256, Draft.encoded(d.pen().certificate()).getBytes(StandardCharsets.UTF_8)));
    made(
        "hmac keyed with the public key",
        ALGORITHM,
        d -> hmac(d, sha256, d.pen().certificate().getPublicKey().getEncoded()));
    made("hmac keyed with a nought", ALGORITHM, d -> hmac(d, sha256, new byte[1]));
    made(
        "hmac keyed with the id of the token",
        ALGORITHM,
        d -> hmac(d, sha256, "Token".getBytes(StandardCharsets.UTF_8)));
    for (int length : List.of(0, 1, 8)) {
      made(
          "hmac of " + length + " bits",
          ALGORITHM,
          d ->
              hmac(d, sha256, new byte[1])
                  .replaceFirst(
                      "(<ds:SignatureMethod[^>]*>)",
                      "$1<ds:HMACOutputLength>" + length + "</ds:HMACOutputLength>"));
    }
  }

  private static String hmac(Draft draft, String algorithm, byte[] key) {
    return draft.pen(draft.pen().with(new SecretKeySpec(key, "HmacSHA256"), algorithm)).signed();
  }

  private void digests() {
    for (String digest : List.of(Names.DS + "sha1", Names.MORE + "sha224")) {
      made("digest " + end(digest), ALGORITHM, d -> d.pen(d.pen().digest(digest)).signed());
    }
    for (String digest :
        List.of(
            "",
            "urn:hostile-marker",
            Names.MORE + "md5",
            Names.XMLENC + "ripemd160",
            Names.SHA256 + " ",
            Names.DS + "sha256",
            MGF1 + "sha3-256")) {
      altered(
          "digest said to be '" + end(digest) + "'",
          ALGORITHM,
          xml -> xml.replaceFirst(Names.SHA256 + "\"", digest + "\""));
    }
    altered(
        "digest algorithm with parameters",
        SIGNATURE_FORM,
        xml -> xml.replaceFirst("(<ds:DigestMethod[^>]*>)", "$1<ds:x/>"));
    altered(
        "digest said to be longer",
        SIGNATURE_VALUE,
        xml -> xml.replaceFirst(Names.SHA256 + "\"", Names.XMLENC + "sha512\""));
  }

  private void canonicalForms() {
    for (String form :
        List.of(
            Names.INCLUSIVE,
            Names.INCLUSIVE + "#WithComments",
            "http://www.w3.org/2006/12/xml-c14n11")) {
      made("signed info in " + form, ALGORITHM, d -> d.pen(d.pen().canonicalForm(form)).signed());
      made("parts in " + form, ALGORITHM, d -> d.pen(d.pen().transforms(form)).signed());
    }
    for (String form : List.of("", "urn:hostile-marker", Names.XSLT, Names.XPATH)) {
      altered(
          "signed info said to be in '" + form + "'",
          ALGORITHM,
          xml ->
              xml.replaceFirst(
                  "<ds:CanonicalizationMethod Algorithm=\"[^\"]*\"",
                  "<ds:CanonicalizationMethod Algorithm=\"" + form + "\""));
    }
  }

  private void value(String name, byte[] value) {
    altered(
        "value " + name,
        SIGNATURE_VALUE,
        xml -> withValue(xml, Base64.getEncoder().encodeToString(value)));
  }

  private static String withValue(String xml, String value) {
    return xml.replaceFirst(
        "(?s)<ds:SignatureValue([^>]*)>[^<]*</", "<ds:SignatureValue$1>" + value + "</");
  }

  private void values() {
    value("of noughts as long as a key", new byte[256]);
    value("of one", last(256));
    value("of one byte", new byte[] {1});
    value("of a kilobyte", new byte[1024]);
    byte[] ones = new byte[256];
    Arrays.fill(ones, (byte) 0xFF);
    value("beyond the modulus", ones);
    Map.of(
            "is not base64", "%%%%",
            "is one character", "A",
            "has a hole", "AAAA====AAAA",
            "is markup", "&lt;x/&gt;")
        .forEach(
            (name, value) ->
                altered(
                    "value " + name,
                    Expected.cause(SIGNATURE_VALUE, SIGNATURE_FORM),
                    xml -> withValue(xml, value)));
    altered(
        "value of white space without an end",
        Expected.cause(SIGNATURE_VALUE, SIGNATURE_FORM),
        xml -> withValue(xml, "A" + " ".repeat(60_000) + "!"));
    altered(
        "digests of white space without an end",
        Expected.cause(SIGNATURE_VALUE, SIGNATURE_FORM),
        xml ->
            xml.replaceAll(
                "<ds:DigestValue>[^<]*<",
                "<ds:DigestValue>A" + "=".repeat(2) + " ".repeat(25_000) + "!<"));
    altered(
        "value without its padding",
        SIGNATURE_VALUE,
        xml -> xml.replaceFirst("=+(&#xD;)?(\\s*</ds:SignatureValue>)", "$2"));
    altered(
        "value with a nought before it",
        SIGNATURE_VALUE,
        xml -> {
          byte[] bytes = valueOf(xml);
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 1, bytes.length);
          return withValue(xml, Base64.getEncoder().encodeToString(longer));
        });
    altered(
        "value said backwards",
        SIGNATURE_VALUE,
        xml -> {
          byte[] bytes = valueOf(xml);
          byte[] back = new byte[bytes.length];
          for (int i = 0; i < back.length; i++) {
            back[i] = bytes[bytes.length - 1 - i];
          }
          return withValue(xml, Base64.getEncoder().encodeToString(back));
        });
    altered(
        "value with foreign characters between",
        Expected.cause(SIGNATURE_VALUE, SIGNATURE_FORM),
        xml -> xml.replaceFirst("(<ds:SignatureValue[^>]*>)", "$1!hostile-marker!"));
    altered(
        "value with an element",
        SIGNATURE_FORM,
        xml -> xml.replace("</ds:SignatureValue>", "<x/></ds:SignatureValue>"));
  }

  private static byte[] valueOf(String xml) {
    String value = xml.replaceFirst("(?s).*<ds:SignatureValue[^>]*>([^<]*)<.*", "$1");
    return Base64.getMimeDecoder().decode(value.replace("&#xD;", ""));
  }

  private static byte[] last(int length) {
    byte[] bytes = new byte[length];
    bytes[length - 1] = 1;
    return bytes;
  }

  /** Among them r = s = 0, which an older Java took for a signature of anything. */
  private void ellipticValues() {
    only(Kind.QUERY_EC);
    value("r and s nought", new byte[64]);
    value("r and s one", both(BigInteger.ONE));
    ECPublicKey key = (ECPublicKey) Kind.QUERY_EC.system().signing().certificate().getPublicKey();
    value("r and s the order", both(key.getParams().getOrder()));
    value("in DER", new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1});
    value("of an odd length", new byte[65]);
    value("of a nought and a one", both(BigInteger.ZERO, BigInteger.ONE));
    value("of the order and a one", both(key.getParams().getOrder(), BigInteger.ONE));
    value("of a one and a nought", both(BigInteger.ONE, BigInteger.ZERO));
    altered(
        "the other value of the same signature",
        Expected.harmless(),
        xml -> {
          byte[] bytes = valueOf(xml);
          BigInteger r = new BigInteger(1, Arrays.copyOf(bytes, 32));
          BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
          byte[] other = both(r, key.getParams().getOrder().subtract(s));
          return withValue(xml, Base64.getEncoder().encodeToString(other));
        });
    altered(
        "value with a tail",
        SIGNATURE_VALUE,
        xml -> {
          String value = xml.replaceFirst("(?s).*<ds:SignatureValue[^>]*>([^<]*)<.*", "$1");
          byte[] bytes = Base64.getMimeDecoder().decode(value.replace("&#xD;", ""));
          return withValue(xml, Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 66)));
        });
    ofAll();
  }

  private static byte[] both(BigInteger half) {
    return both(half, half);
  }

  private static byte[] both(BigInteger r, BigInteger s) {
    byte[] value = new byte[64];
    put(r, value, 32);
    put(s, value, 64);
    return value;
  }

  private static void put(BigInteger half, byte[] value, int end) {
    byte[] number = half.toByteArray();
    int length = Math.min(32, number.length);
    System.arraycopy(number, number.length - length, value, end - length, length);
  }
}
