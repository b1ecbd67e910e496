package uk.cpis.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;

/**
 * Systems as an operator wants them registered, in a file beside that of the systems until the
 * gateway takes them, so that nobody else takes them first and in nobody's name.
 */
final class Proposal {

  static final String FILE = "systems.proposed.json";

  private Proposal() {}

  /** Writes it; throws with every fault of it, and then nothing is proposed. */
  static void write(Path folder, List<RegisteredSystem> systems) {
    Registrations.writeSystems(folder, FILE, systems);
    try {
      Registrations.read(folder, FILE);
    } catch (RegistrationException e) {
      discard(folder);
      throw e;
    }
  }

  static void discard(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + FILE, e);
    }
  }
}
