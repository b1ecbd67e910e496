package uk.cpis.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.pki.OwnerOnly;

/**
 * Who may open the files that the configuration names, where the system knows such rights: secrets
 * and the folders of data their owner only, or his group where that is set; and nobody else may
 * change whom the gateway believes.
 */
final class RightsCheck {

  private final boolean group;
  private final List<String> faults = new ArrayList<>();

  private RightsCheck(boolean group) {
    this.group = group;
  }

  /** Every fault found, each a line that starts with its key; what is not there has none. */
  static List<String> faultsOf(GatewayConfig settings) {
    RightsCheck check = new RightsCheck(settings.files().groupMayRead());
    check.secrets(settings);
    check.folders(settings);
    check.trust(settings);
    return List.copyOf(check.faults);
  }

  private void secrets(GatewayConfig settings) {
    GatewayConfig.Keys keys = settings.keys();
    secret("cpis.keys.tls-server", keys.tlsServer());
    secret("cpis.keys.tls-client", keys.tlsClient());
    secret("cpis.keys.signing-rsa", keys.signingRsa());
    secret("cpis.keys.signing-ec", keys.signingEc());
    secret("cpis.keys.sealing", SealingKeys.file(keys));
    secret("cpis.keys.password-file", keys.passwordFile());
    secret("cpis.store.key-file", settings.store().keyFile());
    GatewayConfig.Pds pds = settings.demographics().pds();
    secret("cpis.demographics.pds.token-file", pds.tokenFile());
    secret("cpis.demographics.pds.key-file", pds.keyFile());
  }

  private void folders(GatewayConfig settings) {
    folder("cpis.store.directory", settings.store().directory());
    folder("cpis.queue.directory", settings.queue().directory());
  }

  private void trust(GatewayConfig settings) {
    GatewayConfig.Trust trust = settings.trust();
    trust.anchors().forEach(file -> settled("cpis.trust.anchors", file));
    trust
        .intermediates()
        .ifPresent(files -> files.forEach(file -> settled("cpis.trust.intermediates", file)));
    trust.revocationLists().forEach(file -> settled("cpis.trust.revocation-lists", file));
    settled("cpis.directory.folder", settings.directory().folder());
  }

  private void secret(String key, Optional<Path> file) {
    file.ifPresent(each -> secret(key, each));
  }

  private void secret(String key, Path file) {
    if (Files.isRegularFile(file) && !OwnerOnly.isClosed(file)) {
      if (!group) {
        faults.add(key + ": others than its owner may open " + file + ": chmod 600 " + file);
      } else if (!OwnerOnly.isForGroupToRead(file)) {
        faults.add(key + ": others than owner and group may open " + file + ": chmod 640 " + file);
      }
    }
  }

  private void folder(String key, Path folder) {
    if (Files.exists(folder) && !OwnerOnly.isClosed(folder)) {
      if (!group) {
        faults.add(key + ": others than its owner may open " + folder + ": chmod 700 " + folder);
      } else if (!OwnerOnly.isForGroup(folder)) {
        faults.add(
            key + ": others than owner and group may open " + folder + ": chmod o= " + folder);
      }
    }
  }

  private void settled(String key, Path place) {
    if (Files.exists(place) && OwnerOnly.isWritableByAll(place)) {
      faults.add(key + ": everybody may write to " + place + ": chmod o-w " + place);
    }
  }
}
