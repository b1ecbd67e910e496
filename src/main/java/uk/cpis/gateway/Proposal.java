package uk.cpis.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;

/**
 * Systems as an operator wants them registered, in a file beside that of the systems until the
 * gateway takes them, so that nobody else takes them first and in nobody's name. Its name has the
 * digest of the systems that it was made from: it counts while those are the registered ones, and
 * never undoes what was done meanwhile.
 */
final class Proposal {

  private static final String BEGINNING = "systems.proposed-";
  private static final String END = ".json";
  private static final int DIGITS = 16;

  private Proposal() {}

  /** The name of a proposal made from the systems as they stand in the folder now. */
  static String name(Path folder) {
    Path systems = folder.resolve(Registrations.SYSTEMS);
    return BEGINNING + FileContents.of(List.of(systems)).substring(0, DIGITS) + END;
  }

  /**
   * Writes it; throws with every fault of it, and then nothing is proposed.
   *
   * @param name the one it had before the systems were read that it is made from
   */
  static void write(Path folder, String name, List<RegisteredSystem> systems) {
    Registrations.writeSystems(folder, name, systems);
    try {
      Registrations.read(folder, name);
    } catch (RegistrationException e) {
      discard(folder);
      throw e;
    }
  }

  /**
   * Puts it in the place of the systems, after this was done with it; throws when there is none,
   * when the systems changed since it was made, and with its faults.
   */
  static void take(Path folder, Consumer<Registrations> first) {
    String name = name(folder);
    if (!Files.exists(folder.resolve(name))) {
      throw new RegistrationException(
          List.of(
              discard(folder)
                  ? "the systems changed meanwhile: type it again"
                  : "nothing is proposed in " + folder));
    }
    first.accept(Registrations.read(folder, name));
    try {
      Files.move(
          folder.resolve(name),
          folder.resolve(Registrations.SYSTEMS),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RegistrationException("putting it in place of " + Registrations.SYSTEMS, e);
    }
  }

  /** Puts away all that is proposed; whether anything was. */
  static boolean discard(Path folder) {
    try (DirectoryStream<Path> proposals = Files.newDirectoryStream(folder, BEGINNING + "*")) {
      boolean any = false;
      for (Path each : proposals) {
        any |= Files.deleteIfExists(each);
      }
      return any;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what was proposed", e);
    }
  }
}
