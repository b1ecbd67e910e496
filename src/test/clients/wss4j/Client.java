import java.io.FileInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.ssl.SSLContexts;
import org.apache.http.util.EntityUtils;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.ws.security.message.WSSecTimestamp;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * Sends one query as SoapUI does, with the libraries it is made of: WSS4J 1.6 signs, Apache
 * HttpClient sends. The argument says how the signer's certificate is named.
 */
final class Client {
  private static final Map<String, Integer> REFERENCES =
      Map.of(
          "as-it-comes", WSConstants.BST_DIRECT_REFERENCE,
          "issuer-and-serial", WSConstants.ISSUER_SERIAL,
          "subject-key-identifier", WSConstants.SKI_KEY_IDENTIFIER,
          "thumbprint", WSConstants.THUMBPRINT_IDENTIFIER);
  private static final String WSA = "http://www.w3.org/2005/08/addressing";
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  private static final String ACTION = "urn:nhs:names:services:cpisquery/planQuery";

  public static void main(String[] args) throws Exception {
    char[] password = Files.readString(Path.of(certs("password.txt"))).strip().toCharArray();
    Document message = sign(parse(envelope()), REFERENCES.get(args[0]), password);
    StringWriter text = new StringWriter();
    TransformerFactory.newInstance()
        .newTransformer()
        .transform(new DOMSource(message), new StreamResult(text));
    System.out.println(send(text.toString().getBytes(StandardCharsets.UTF_8), password));
  }

  private static String env(String name) {
    return System.getenv(name);
  }

  private static String certs(String name) {
    return env("CPIS_CERTS") + "/" + name;
  }

  private static String envelope() throws Exception {
    String body =
        Files.readString(Path.of("messages/planQuery.xml"))
            .replace("{sender}", env("CPIS_SENDER_ASID"))
            .replace("{receiver}", env("CPIS_GATEWAY_ASID"))
            .replace("{organisation}", env("CPIS_ORGANISATION"))
            .replace("{number}", env("CPIS_NHS_NUMBER"));
    return """
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
           <soapenv:Header xmlns:wsa="%s">
              <wsa:Action>%s</wsa:Action>
              <wsa:MessageID>urn:uuid:%s</wsa:MessageID>
              <wsa:To>%s/query</wsa:To>
           </soapenv:Header>
           <soapenv:Body>
        %s
           </soapenv:Body>
        </soapenv:Envelope>
        """
        .formatted(WSA, ACTION, UUID.randomUUID(), env("CPIS_GATEWAY"), body);
  }

  private static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static Document sign(Document message, int reference, char[] password) throws Exception {
    Merlin keys = new Merlin();
    keys.setKeyStore(store("clinical/homerton-ed-signing.p12", password));
    WSSecHeader header = new WSSecHeader();
    header.insertSecurityHeader(message);
    WSSecSignature signature = new WSSecSignature();
    signature.setUserInfo("homerton-ed-signing", new String(password));
    signature.setKeyIdentifierType(reference);
    signature.setSignatureAlgorithm(RSA_SHA256);
    signature.setDigestAlgo("http://www.w3.org/2001/04/xmlenc#sha256");
    signature.setParts(
        List.of(
            part("Body", "http://schemas.xmlsoap.org/soap/envelope/"),
            part("Timestamp", WSConstants.WSU_NS),
            part("Action", WSA),
            part("MessageID", WSA),
            part("To", WSA)));
    WSSecTimestamp timestamp = new WSSecTimestamp();
    timestamp.setTimeToLive(300);
    timestamp.build(message, header);
    return signature.build(message, keys, header);
  }

  private static WSEncryptionPart part(String name, String namespace) {
    return new WSEncryptionPart(name, namespace, "Content");
  }

  private static KeyStore store(String name, char[] password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(certs(name))) {
      store.load(in, password);
    }
    return store;
  }

  private static String send(byte[] message, char[] password) throws Exception {
    SSLContext tls =
        SSLContexts.custom()
            .loadKeyMaterial(store("clinical/homerton-ed-tls.p12", password), password)
            .loadTrustMaterial(store("ca/trust.p12", password), null)
            .build();
    HttpPost post = new HttpPost(env("CPIS_GATEWAY") + "/query");
    post.setHeader("Content-Type", "text/xml;charset=UTF-8");
    post.setHeader("SOAPAction", '"' + ACTION + '"');
    post.setEntity(new ByteArrayEntity(message));
    try (CloseableHttpClient http = HttpClients.custom().setSSLContext(tls).build();
        CloseableHttpResponse reply = http.execute(post)) {
      return reply.getStatusLine() + " " + EntityUtils.toString(reply.getEntity());
    }
  }
}
