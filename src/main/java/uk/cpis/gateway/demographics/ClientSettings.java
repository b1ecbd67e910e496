package uk.cpis.gateway.demographics;

import java.net.URI;
import java.security.PrivateKey;

/**
 * By what the gateway is known where tokens are given out.
 *
 * @param address where tokens are asked for
 * @param client the name the gateway's application was given there (the API key)
 * @param keyId the name its public key was registered under
 * @param key the RSA key that signs for it
 */
public record ClientSettings(URI address, String client, String keyId, PrivateKey key) {

  @Override
  public String toString() {
    return "ClientSettings[" + address + "]";
  }
}
