package uk.cpis.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;

/**
 * Systems as an operator wants them registered, in a file beside that of the systems until the
 * gateway takes them, so that nobody else takes them first and in nobody's name. Its name has the
 * digest of the systems that it was made from, and something of its own: it counts while those are
 * the registered ones, never undoes what was done meanwhile, and is nobody else's.
 *
 * @param name what the gateway is told to take
 */
record Proposal(String name) {

  private static final String BEGINNING = "systems.proposed-";
  private static final String END = ".json";
  private static final int DIGITS = 16;
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}-[0-9a-f-]{36}");

  /** Refuses what no proposal is called. */
  Proposal {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a proposal");
    }
  }

  /** One that is to be made from the systems as they stand in the folder now. */
  static Proposal in(Path folder) {
    return new Proposal(base(folder) + "-" + UUID.randomUUID());
  }

  private static String base(Path folder) {
    Path systems = folder.resolve(Registrations.SYSTEMS);
    return FileContents.of(List.of(systems)).substring(0, DIGITS);
  }

  private String file() {
    return BEGINNING + name + END;
  }

  /** Writes it; throws with every fault of it, and then nothing is proposed. */
  void write(Path folder, List<RegisteredSystem> systems) {
    Registrations.writeSystems(folder, file(), systems);
    try {
      Registrations.read(folder, file());
    } catch (RegistrationException e) {
      discard(folder);
      throw e;
    }
  }

  /**
   * Puts it in the place of the systems, after this was done with it; throws when it is not there,
   * when the systems changed since it was made, and with its faults.
   */
  void take(Path folder, Consumer<Registrations> first) {
    if (!name.startsWith(base(folder))) {
      throw new RegistrationException(List.of("the systems changed meanwhile: type it again"));
    }
    if (!Files.exists(folder.resolve(file()))) {
      throw new RegistrationException(List.of("nothing of this name is proposed in " + folder));
    }
    first.accept(Registrations.read(folder, file()));
    try {
      Files.move(
          folder.resolve(file()),
          folder.resolve(Registrations.SYSTEMS),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RegistrationException("putting it in place of " + Registrations.SYSTEMS, e);
    }
  }

  /** Puts it away. */
  void discard(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(file()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what was proposed", e);
    }
  }

  /** Puts away what can never count any more, since it was made from other systems. */
  static void discardOutdated(Path folder) {
    String current = BEGINNING + base(folder);
    try (DirectoryStream<Path> proposals = Files.newDirectoryStream(folder, BEGINNING + "*")) {
      for (Path each : proposals) {
        if (!each.getFileName().toString().startsWith(current)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what was proposed", e);
    }
  }
}
