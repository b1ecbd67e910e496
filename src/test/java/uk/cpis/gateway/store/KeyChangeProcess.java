package uk.cpis.gateway.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A change of a store's key in a process of its own, that stands still where it is to be killed.
 */
final class KeyChangeProcess {

  /** What it says when it stands still. */
  static final String THERE = "@@THERE";

  private KeyChangeProcess() {}

  /** Arguments: the store's folder, the former key, the next one, and the stage. */
  public static void main(String[] arguments) {
    StoreSettings settings =
        new StoreSettings(
            Path.of(arguments[0]),
            new EncryptionKey(arguments[1]),
            1_000,
            Duration.ofSeconds(3),
            8,
            1_000,
            64);
    KeyChange.Stage wanted = KeyChange.Stage.valueOf(arguments[3]);
    Database.changeKey(
        settings, new EncryptionKey(arguments[2]), stage -> standStill(stage == wanted));
  }

  private static void standStill(boolean there) {
    if (there) {
      System.out.println(THERE);
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
