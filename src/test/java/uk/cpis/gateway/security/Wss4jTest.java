package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.crypto.Crypto;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSecurityEngine;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.security.Verification.Refused;
import uk.cpis.gateway.security.Verification.Verified;
import uk.cpis.gateway.testing.TestCertificates;

/**
 * WSS4J, the security of CXF, SoapUI and Spring-WS, as the other side and as the judge: it signs
 * what we verify, and verifies what we sign, under the Basic Security Profile.
 */
class Wss4jTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        WSConstants.BST_DIRECT_REFERENCE,
        WSConstants.ISSUER_SERIAL,
        WSConstants.SKI_KEY_IDENTIFIER,
        WSConstants.THUMBPRINT_IDENTIFIER
      })
  void signsWhatWeAccept(int keyIdentifier) throws Exception {
    assertThat(Messages.verify(signed(keyIdentifier))).isInstanceOf(Verified.class);
  }

  @Test
  void isRefusedWithACertificateInsideAKeyIdentifier() throws Exception {
    Refused refused = (Refused) Messages.verify(signed(WSConstants.X509_KEY_IDENTIFIER));

    assertThat(refused.refusal().cause()).isEqualTo(RefusalCause.KEY_REFERENCE);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsWhatWeSign(AddressingVersion version) throws Exception {
    for (var key : List.of(Messages.rsa(), Messages.ec())) {
      Document message = HandSigner.parse(Messages.signed(version, key));

      List<WSDataRef> parts = judge(message);

      assertThat(parts)
          .extracting(part -> part.getProtectedElement().getLocalName())
          .containsExactlyInAnyOrder("Body", "Timestamp", "Action", "MessageID", "To");
    }
  }

  private static List<WSDataRef> judge(Document message) throws WSSecurityException {
    RequestData request = new RequestData();
    request.setSigVerCrypto(trust());
    List<WSSecurityEngineResult> results =
        new WSSecurityEngine()
            .processSecurityHeader(message, request)
            .getActionResults()
            .get(WSConstants.SIGN);
    return List.copyOf(refs(results.get(0)));
  }

  private static List<WSDataRef> refs(WSSecurityEngineResult result) {
    return ((List<?>) result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS))
        .stream().map(WSDataRef.class::cast).toList();
  }

  private static byte[] signed(int keyIdentifier) throws Exception {
    Document message =
        HandSigner.parse(
            HandMade.envelope(
                HandMade.addressing().replaceAll(" wsu:Id='\\w+'", ""), HandMade.body()));
    WSSecHeader header = new WSSecHeader(message);
    header.insertSecurityHeader();
    WSSecTimestamp timestamp = new WSSecTimestamp(header);
    timestamp.setTimeToLive(300);
    timestamp.build();
    WSSecSignature signature = new WSSecSignature(header);
    signature.setUserInfo("homerton-ed-signing", new String(TestCertificates.all().password()));
    signature.setKeyIdentifierType(keyIdentifier);
    signature.setSignatureAlgorithm(WSConstants.RSA_SHA256);
    signature.setDigestAlgo(WSConstants.SHA256);
    signature.getParts().add(part("Body", Names.SOAP));
    signature.getParts().add(part("Timestamp", Names.WSU));
    for (String name : List.of("Action", "MessageID", "To")) {
      signature.getParts().add(part(name, HandMade.WSA));
    }
    signature.build(key());
    return Canonical.serialised(message);
  }

  private static WSEncryptionPart part(String name, String namespace) {
    return new WSEncryptionPart(name, namespace, "Element");
  }

  private static Crypto key() throws Exception {
    DevelopmentCertificate signing =
        TestCertificates.all().of(Group.CLINICAL, "homerton-ed-signing");
    Merlin crypto = new Merlin();
    crypto.setKeyStore(store(signing.pkcs12()));
    return crypto;
  }

  private static Crypto trust() {
    try {
      Merlin crypto = new Merlin();
      crypto.setTrustStore(store(TestCertificates.all().trustStore()));
      return crypto;
    } catch (Exception e) {
      throw new IllegalStateException("cannot read the trust store", e);
    }
  }

  private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, TestCertificates.all().password());
    }
    return store;
  }
}
