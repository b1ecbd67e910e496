package uk.cpis.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What must hold of the settings of demographics beyond their types. */
final class DemographicsCheck {

  private static final String REGISTER = "cpis.demographics.register";
  private static final String PDS = "cpis.demographics.pds.";

  private final List<String> faults = new ArrayList<>();

  private DemographicsCheck() {}

  /** Every fault found, each a line that starts with its key. */
  static List<String> faultsOf(GatewayConfig.Demographics settings) {
    DemographicsCheck check = new DemographicsCheck();
    settings.register().ifPresent(file -> check.readable(REGISTER, file));
    if (settings.register().isPresent() && settings.pds().address().isPresent()) {
      check.faults.add(REGISTER + ": give this or " + PDS + "address, and not both");
    }
    check.pds(settings.pds());
    return List.copyOf(check.faults);
  }

  private void pds(GatewayConfig.Pds pds) {
    pds.address().ifPresent(address -> secret("address", address));
    pds.roots().ifPresent(files -> files.forEach(file -> readable(PDS + "roots", file)));
    pds.tokenFile().ifPresent(file -> readable(PDS + "token-file", file));
    pds.keyFile().ifPresent(file -> readable(PDS + "key-file", file));
    pds.tokenAddress().ifPresent(address -> secret("token-address", address));
    tokens(pds);
    positive("connect-timeout", pds.connectTimeout());
    positive("deadline", pds.deadline());
    positive("recheck-pause", pds.recheckPause());
    between("parallel", pds.parallel(), 1, 100);
    between("recheck-page", pds.recheckPage(), 1, 200);
  }

  /** The parts of an assertion belong together, and a token comes from one place. */
  private void tokens(GatewayConfig.Pds pds) {
    List<Optional<?>> assertion =
        List.of(pds.tokenAddress(), pds.client(), pds.keyId(), pds.keyFile());
    long given = assertion.stream().filter(Optional::isPresent).count();
    if (given != 0 && given != assertion.size()) {
      faults.add(PDS + "token-address: give it, client, key-id and key-file together");
    }
    if (given != 0 && pds.tokenFile().isPresent()) {
      faults.add(PDS + "token-file: give this or token-address, and not both");
    }
    boolean any =
        Stream.concat(assertion.stream(), Stream.of(pds.tokenFile())).anyMatch(Optional::isPresent);
    if (any && pds.address().isEmpty()) {
      faults.add(PDS + "address: must be set where tokens are");
    }
  }

  /** What goes there tells of people, or opens the way to them. */
  private void secret(String key, URI address) {
    boolean plain = "http".equals(address.getScheme());
    if (address.getHost() == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || address.getRawUserInfo() != null
        || address.toString().endsWith("/")
        || !(plain || "https".equals(address.getScheme()))) {
      faults.add(PDS + key + ": expected https://, a host and a path without a slash at its end");
    } else if (plain && !loopback(address.getHost())) {
      faults.add(PDS + key + ": plain http goes to a loopback address only");
    }
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private void readable(String key, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      faults.add(key + ": there is no readable file " + file);
    }
  }

  private void between(String key, int value, int least, int most) {
    if (value < least || value > most) {
      faults.add(PDS + key + ": expected " + least + " to " + most + ", found " + value);
    }
  }

  private void positive(String key, Duration value) {
    if (value.isZero() || value.isNegative()) {
      faults.add(PDS + key + ": must be longer than nothing");
    }
  }
}
