package uk.cpis.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import uk.cpis.gateway.audit.SealSettings;
import uk.cpis.gateway.pki.OwnerOnly;

/** What must hold of the settings beyond their types. Collects every fault, opens nothing. */
final class ConfigCheck {

  private static final Duration LONGEST_MESSAGE_LIFE = Duration.ofHours(1);

  /** Beyond every time for which a sender or the gateway tries again. */
  private static final Duration SHORTEST_MEMORY = Duration.ofDays(16);

  private final List<String> faults = new ArrayList<>();

  private ConfigCheck() {}

  /** Every fault found, each a line that starts with its key; empty when all is well. */
  static List<String> faultsOf(GatewayConfig settings) {
    ConfigCheck check = new ConfigCheck();
    check.ports(settings);
    check.addresses(settings.http().addresses().orElse(List.of()));
    check.files(settings);
    check.faults.addAll(RightsCheck.faultsOf(settings));
    check.faults.addAll(DemographicsCheck.faultsOf(settings.demographics()));
    check.encryptionKey(settings.store());
    check.sizes(settings);
    check.times(settings);
    check.retention(settings);
    return List.copyOf(check.faults);
  }

  private void ports(GatewayConfig settings) {
    between("cpis.http.port", settings.http().port(), 0, 65_535);
    between("cpis.operations.port", settings.operations().port(), 0, 65_535);
    String host = settings.http().host();
    try {
      boolean loopback = InetAddress.getByName(host).isLoopbackAddress();
      if (settings.development() && !loopback) {
        faults.add(
            "cpis.http.host: with cpis.development=true the gateway listens on a loopback address"
                + " only, found "
                + host);
      }
    } catch (UnknownHostException e) {
      faults.add("cpis.http.host: no such host: " + host);
    }
  }

  /** A service's path is put behind each, and {@code wsa:To} must be equal to the whole. */
  private void addresses(List<URI> addresses) {
    for (URI address : addresses) {
      String plain = "https://" + address.getRawAuthority();
      if (address.getHost() == null || !address.toString().equals(plain)) {
        faults.add(
            "cpis.http.addresses: expected https://, a host and perhaps a port, without a path,"
                + " found "
                + address);
      }
    }
  }

  private void files(GatewayConfig settings) {
    GatewayConfig.Keys keys = settings.keys();
    readable("cpis.keys.tls-server", keys.tlsServer());
    readable("cpis.keys.tls-client", keys.tlsClient());
    readable("cpis.keys.signing-rsa", keys.signingRsa());
    readable("cpis.keys.signing-ec", keys.signingEc());
    readable("cpis.keys.sealing", SealingKeys.file(keys));
    readable("cpis.keys.password-file", keys.passwordFile());
    GatewayConfig.Trust trust = settings.trust();
    trust.anchors().forEach(file -> readable("cpis.trust.anchors", file));
    trust
        .intermediates()
        .ifPresent(files -> files.forEach(file -> readable("cpis.trust.intermediates", file)));
    trust.revocationLists().forEach(each -> readableOrFolder("cpis.trust.revocation-lists", each));
    lists(trust);
    settings.backup().folder().ifPresent(folder -> closed("cpis.backup.folder", folder));
    settings.audit().folder().ifPresent(folder -> closed("cpis.audit.folder", folder));
    if (!Files.isDirectory(settings.directory().folder())) {
      faults.add("cpis.directory.folder: there is no folder " + settings.directory().folder());
    }
  }

  private void encryptionKey(GatewayConfig.Store store) {
    if (store.keyFile().isPresent() == store.key().isPresent()) {
      faults.add(
          "cpis.store.key-file: give the file of the encryption key, or the key itself in the"
              + " environment as CPIS_STORE_KEY, and not both");
      return;
    }
    try {
      GatewayKeys.ofStore(store);
    } catch (ConfigException unusable) {
      faults.addAll(unusable.faults());
    }
  }

  private void sizes(GatewayConfig settings) {
    GatewayConfig.Http http = settings.http();
    between("cpis.http.connections", http.connections(), 1, 100_000);
    between("cpis.http.requests", http.requests(), 1, 1_000);
    between("cpis.http.connections-per-sender", http.connectionsPerSender(), 1, 100_000);
    between("cpis.http.requests-per-sender", http.requestsPerSender(), 1, http.requests());
    between("cpis.http.rate-per-sender", http.ratePerSender(), 1, 100_000);
    GatewayConfig.Store store = settings.store();
    between("cpis.store.page-cache", store.pageCache(), 1_000, 1_000_000);
    between("cpis.store.connections", store.connections(), 2, 200);
    between("cpis.store.writer-queue", store.writerQueue(), 1, 100_000);
    between("cpis.store.writer-batch", store.writerBatch(), 1, 500);
    between(
        "cpis.audit.seal-records", settings.audit().sealRecords(), 1, SealSettings.MOST_RECORDS);
    between("cpis.backup.hour", settings.backup().hour(), 0, 23);
    between("cpis.backup.keep", settings.backup().keep(), 1, 1_000);
    between("cpis.store.size-budget", store.sizeBudget(), 16, 10_000_000);
    between("cpis.store.least-free", store.leastFree(), 16, 1_000_000);
  }

  private void times(GatewayConfig settings) {
    positive("cpis.http.handshake-timeout", settings.http().handshakeTimeout());
    positive("cpis.http.body-timeout", settings.http().bodyTimeout());
    positive("cpis.http.idle-timeout", settings.http().idleTimeout());
    positive("cpis.messages.life", settings.messages().life());
    positive("cpis.messages.longest-life", settings.messages().longestLife());
    if (settings.messages().longestLife().compareTo(LONGEST_MESSAGE_LIFE) > 0) {
      faults.add("cpis.messages.longest-life: an hour at the most");
    }
    if (settings.messages().clockSkew().compareTo(Duration.ofMinutes(5)) > 0) {
      faults.add("cpis.messages.clock-skew: five minutes at the most");
    }
    positive("cpis.audit.seal-every", settings.audit().sealEvery());
    positive("cpis.store.lock-wait", settings.store().lockWait());
    positive("cpis.outbound.connect-timeout", settings.outbound().connectTimeout());
    positive("cpis.outbound.call-timeout", settings.outbound().callTimeout());
    positive("cpis.delivery.first-retry", settings.delivery().firstRetry());
    if (settings.delivery().longestRetry().compareTo(settings.delivery().firstRetry()) < 0) {
      faults.add("cpis.delivery.longest-retry: must not be shorter than cpis.delivery.first-retry");
    }
    positive("cpis.directory.look-every", settings.directory().lookEvery());
    positive("cpis.keys.look-every", settings.keys().lookEvery());
    positive(
        "cpis.trust.revocation-lists-fetched-every",
        settings.trust().revocationListsFetchedEvery());
    settings.trust().revocationUnknownUntil().ifPresent(this::soon);
    positive("cpis.trust.revocation-lists-every", settings.trust().revocationListsEvery());
    positive("cpis.delivery.persist-duration", settings.delivery().persistDuration());
    between(
        "cpis.delivery.send-again-per-second", settings.delivery().sendAgainPerSecond(), 1, 1_000);
  }

  /** Each is kept longer than what still asks for it. */
  private void retention(GatewayConfig settings) {
    GatewayConfig.Retention retention = settings.retention();
    Duration tried = settings.delivery().persistDuration();
    between("cpis.retention.hour", retention.hour(), 0, 23);
    longer("cpis.retention.messages", retention.messages(), "16d", SHORTEST_MEMORY);
    longer(
        "cpis.retention.traces",
        retention.traces(),
        "cpis.retention.messages",
        retention.messages());
    positive("cpis.retention.refusals", retention.refusals());
    longer("cpis.retention.settled", retention.settled(), "1d", Duration.ofDays(1));
    Stream.of(retention.messages(), retention.settled(), tried)
        .max(Comparator.naturalOrder())
        .ifPresent(
            longest ->
                longer(
                    "cpis.retention.audit",
                    retention.audit(),
                    "cpis.retention.messages, cpis.retention.settled and"
                        + " cpis.delivery.persist-duration",
                    longest));
  }

  private void longer(String key, Duration value, String than, Duration least) {
    if (value.compareTo(least) < 0) {
      faults.add(key + ": must not be shorter than " + than);
    }
  }

  private void closed(String key, Path folder) {
    if (Files.exists(folder) && !(Files.isDirectory(folder) && OwnerOnly.isClosed(folder))) {
      faults.add(key + ": others than its owner may open " + folder);
    }
  }

  private void readable(String key, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      faults.add(key + ": there is no readable file " + file);
    }
  }

  private void readableOrFolder(String key, Path place) {
    if (!Files.isDirectory(place)) {
      readable(key, place);
    }
  }

  /** Nobody is to forget that revocation is not looked at. */
  private void soon(Instant end) {
    if (end.isAfter(InstantSource.system().instant().plus(Degradation.LONGEST))) {
      faults.add("cpis.trust.revocation-unknown-until: 72 hours ahead at the most, found " + end);
    }
  }

  /** Lists are public, so plain http will do: each is signed. */
  private void lists(GatewayConfig.Trust trust) {
    List<URI> addresses = trust.revocationListAddresses().orElse(List.of());
    for (URI address : addresses) {
      if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))
          || address.getHost() == null) {
        faults.add(
            "cpis.trust.revocation-list-addresses: expected http:// or https://, found " + address);
      }
    }
    if (!addresses.isEmpty() && trust.revocationListFolder().isEmpty()) {
      faults.add("cpis.trust.revocation-list-folder: must be set where lists are fetched");
    }
  }

  private void between(String key, int value, int least, int most) {
    if (value < least || value > most) {
      faults.add(key + ": expected " + least + " to " + most + ", found " + value);
    }
  }

  private void positive(String key, Duration value) {
    if (value.isZero() || value.isNegative()) {
      faults.add(key + ": must be longer than nothing");
    }
  }
}
