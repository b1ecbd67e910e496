package uk.cpis.gateway;

import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.pki.OwnerOnly;

/**
 * The keys as they are read at the start, before anything is made that a faulty key would leave
 * behind.
 *
 * @param seen what the files held before they were read, so that no change after it is missed
 */
record Keyring(String seen, GatewayKeys own, SealingKey sealing) {

  /** Reads all; throws with what is wrong with them. */
  static Keyring read(GatewayConfig settings) {
    settings.trust().revocationListFolder().ifPresent(OwnerOnly::folder);
    String seen = OwnKeys.contents(settings);
    GatewayKeys own = GatewayKeys.load(settings);
    return new Keyring(seen, own, SealingKeys.load(settings, own));
  }
}
