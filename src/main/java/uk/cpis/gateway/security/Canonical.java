package uk.cpis.gateway.security;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import uk.cpis.gateway.domain.ContentDigest;

/**
 * Canonical forms: of a body, to tell whether two messages say the same, and of a whole message.
 */
final class Canonical {
  static {
    org.apache.xml.security.Init.init();
  }

  private Canonical() {}

  /** The digest of the Body's single child in exclusive canonical form (cpis.md §4). */
  static ContentDigest digest(Element payload) {
    return new ContentDigest(sha256(bytes(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS, payload)));
  }

  /** SHA-256 in hexadecimal. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The document as UTF-8, changed in nothing that a signature covers. */
  static byte[] serialised(Document document) {
    return bytes(Canonicalizer.ALGO_ID_C14N_PHYSICAL, document);
  }

  private static byte[] bytes(String method, Node node) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
      Canonicalizer.getInstance(method).canonicalizeSubtree(node, out);
      return out.toByteArray();
    } catch (XMLSecurityException e) {
      throw new IllegalStateException("a document in memory has a canonical form", e);
    }
  }
}
