package uk.cpis.gateway.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has every test wait long for what it waits for: a slow machine is no fault. JUnit finds it by its
 * entry in {@code META-INF/services}.
 */
public final class Patience implements BeforeAllCallback {

  private static final Duration LONG = Duration.ofSeconds(90);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONG);
  }
}
