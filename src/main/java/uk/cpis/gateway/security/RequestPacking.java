package uk.cpis.gateway.security;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import uk.cpis.gateway.domain.SignedRequest;

/**
 * How requests are kept: in less room, on the thread of the request. The signature is the canonical
 * {@code ds:SignedInfo}, a line feed, the signature value in base64, and a line feed.
 */
public final class RequestPacking {

  /** More than honest signatures take, and less than a row holds. */
  private static final int LARGEST = 16_000;

  /**
   * What signatures have in common, so that it takes no room. What was packed with it is unpacked
   * with it: it is never changed.
   */
  private static final byte[] IN_COMMON =
      ("</ds:DigestValue></ds:Reference></ds:SignedInfo><SignedInfo"
              + " xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo"
              + " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\""
              + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
              + " xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">"
              + "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">"
              + "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\""
              + " PrefixList=\"soap\"></ec:InclusiveNamespaces></ds:CanonicalizationMethod>"
              + "<ds:SignatureMethod"
              + " Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\">"
              + "</ds:SignatureMethod><ds:SignatureMethod"
              + " Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\">"
              + "</ds:SignatureMethod><ds:Reference URI=\"#id-\"><ds:Transforms><ds:Transform"
              + " Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>"
              + "</ds:Transforms><ds:DigestMethod"
              + " Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>"
              + "<ds:DigestValue>")
          .getBytes(StandardCharsets.US_ASCII);

  private RequestPacking() {}

  /** Packs what was verified. */
  static SignedRequest of(byte[] signature, Optional<byte[]> message) {
    Optional<byte[]> packed =
        Optional.of(packed(signature)).filter(bytes -> bytes.length <= LARGEST);
    return new SignedRequest(
        Canonical.sha256(signature), packed, message.map(RequestPacking::packed));
  }

  /** The same bytes in less room. */
  private static byte[] packed(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setDictionary(IN_COMMON);
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** The bytes that were packed. */
  public static byte[] unpacked(byte[] packed) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(IN_COMMON);
      inflater.setInput(packed);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("a kept request that does not end");
        }
        out.write(buffer, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a kept request that cannot be read", e);
    } finally {
      inflater.end();
    }
  }
}
