package uk.cpis.gateway.demographics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestPds;

/** How the gateway is let in to PDS. */
class TokensIT {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration GENEROUS = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(NOON);
  private final TestPds server = TestPds.open();
  private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "{\"access_token\":\"first\",\"expires_in\":\"599\"}";
  private KeyPair keys;
  private HttpServer tokenService;

  @BeforeEach
  void open() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    tokenService = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tokenService.createContext("/oauth2/token", this::giveToken);
    tokenService.start();
    server.know(DemographicsContract.current(DemographicsContract.LUCJA));
  }

  @AfterEach
  void close() {
    tokenService.stop(0);
    server.close();
  }

  @Test
  void showsTheTokenOfTheFileAndReadsItAgainWhenItChanges() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    try (Pds pds = pds(new TokenFile(file))) {
      found(pds);
      Files.writeString(file, "other\n");
      Files.setLastModifiedTime(file, FileTime.from(NOON));
      found(pds);
    }

    assertThat(server.tokens()).containsExactly("Bearer first", "Bearer other");
  }

  @Test
  void readsAFileAgainWhoseTokenWasRefusedThoughItsTimeAndSizeAreTheSame() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    Files.setLastModifiedTime(file, FileTime.from(NOON));
    try (Pds pds = pds(new TokenFile(file))) {
      found(pds);
      Files.writeString(file, "other\n");
      Files.setLastModifiedTime(file, FileTime.from(NOON));
      server.letIn(token -> token.equals(Optional.of("Bearer other")));
      found(pds);
    }
  }

  @Test
  void withoutATokenInTheFileNothingIsAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "two words\n");
    try (Pds pds = pds(new TokenFile(file))) {
      assertThat(pds.lookUp(Set.of(DemographicsContract.LUCJA)))
          .isEqualTo(new LookUps.Unavailable());
    }

    assertThat(server.requestIds()).isEmpty();
  }

  @Test
  void asksForATokenWithASignedAssertion() throws Exception {
    try (Pds pds = pds(credentials())) {
      found(pds);
    }

    Map<String, String> form = forms.get(0);
    assertThat(form)
        .containsEntry("grant_type", "client_credentials")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    String[] parts = form.get("client_assertion").split("\\.");
    assertThat(json(parts[0]))
        .isEqualTo(
            new ObjectMapper().readTree("{\"alg\":\"RS512\",\"typ\":\"JWT\",\"kid\":\"key-1\"}"));
    JsonNode claims = json(parts[1]);
    assertThat(claims.path("iss").asText()).isEqualTo("api-key");
    assertThat(claims.path("sub").asText()).isEqualTo("api-key");
    assertThat(claims.path("aud").asText()).isEqualTo(tokenAddress().toString());
    assertThat(UUID.fromString(claims.path("jti").asText())).isNotNull();
    assertThat(claims.path("exp").asLong())
        .isBetween(NOON.getEpochSecond() + 60, NOON.getEpochSecond() + 300);
    Signature signature = Signature.getInstance("SHA512withRSA");
    signature.initVerify(keys.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    assertThat(server.tokens()).containsExactly("Bearer first");
  }

  @Test
  void keepsATokenUntilShortlyBeforeItsEnd() {
    try (Pds pds = pds(credentials())) {
      found(pds);
      clock.advance(Duration.ofSeconds(560));
      found(pds);
      assertThat(forms).hasSize(1);

      clock.advance(Duration.ofSeconds(30));
      body = "{\"access_token\":\"second\",\"expires_in\":599}";
      found(pds);
    }

    assertThat(server.tokens()).containsExactly("Bearer first", "Bearer first", "Bearer second");
    assertThat(forms).extracting(form -> form.get("client_assertion")).doesNotHaveDuplicates();
  }

  @Test
  void renewsATokenThatIsRefusedOnce() {
    server.letIn(token -> token.equals(Optional.of("Bearer second")));
    try (Pds pds = pds(credentials())) {
      assertThat(pds.lookUp(Set.of(DemographicsContract.LUCJA)))
          .isEqualTo(new LookUps.Unavailable());
      assertThat(forms).hasSize(2);

      body = "{\"access_token\":\"second\",\"expires_in\":599}";
      found(pds);
    }
  }

  @Test
  void withoutATokenServiceNothingIsConcluded() {
    try (Pds pds = pds(credentials())) {
      status = 500;
      assertThat(pds.lookUp(Set.of(DemographicsContract.LUCJA)))
          .isEqualTo(new LookUps.Unavailable());
      assertThat(pds.fault()).contains("the token service answered with 500");
      status = 200;
      body = "not json";
      assertThat(pds.lookUp(Set.of(DemographicsContract.LUCJA)))
          .isEqualTo(new LookUps.Unavailable());
    }

    assertThat(server.requestIds()).isEmpty();
  }

  private void giveToken(HttpExchange exchange) throws IOException {
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      forms.add(
          Arrays.stream(form.split("&"))
              .map(pair -> pair.split("=", 2))
              .collect(
                  Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8))));
      TestPds.send(exchange, status, body);
    }
  }

  private URI tokenAddress() {
    return URI.create("http://localhost:" + tokenService.getAddress().getPort() + "/oauth2/token");
  }

  private ClientCredentials credentials() {
    return new ClientCredentials(
        new ClientSettings(tokenAddress(), "api-key", "key-1", keys.getPrivate()),
        tls(),
        new SSLParameters(),
        GENEROUS,
        clock,
        UUID::randomUUID);
  }

  private Pds pds(Tokens tokens) {
    return new Pds(
        new PdsSettings(server.address(), GENEROUS, GENEROUS, 1),
        tls(),
        new SSLParameters(),
        tokens,
        UUID::randomUUID);
  }

  private static void found(Pds pds) {
    assertThat(pds.lookUp(Set.of(DemographicsContract.LUCJA))).isInstanceOf(LookUps.Answered.class);
  }

  private static JsonNode json(String part) throws IOException {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
  }

  private static SSLContext tls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
