package uk.cpis.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;

/**
 * One file of the registration as an operator wants it, beside that file until the gateway takes
 * it, so that nobody else takes it first and in nobody's name. Its name has the digest of the file
 * that it was made from, and something of its own: it counts while that one is the registered one,
 * never undoes what was done meanwhile, and is nobody else's.
 *
 * @param file in whose place it is to come
 * @param id what it was made from, and something of its own
 */
record Proposal<T>(RegisterFile<T> file, String id) {

  private static final String PROPOSED = ".proposed-";
  private static final int DIGITS = 16;
  private static final Pattern NAME = Pattern.compile("([a-z]+)-([0-9a-f]{16}-[0-9a-f-]{36})");

  /** The one that is called so; nothing where no proposal can be. */
  static Optional<Proposal<?>> named(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? RegisterFile.named(parts.group(1)).map(file -> new Proposal<>(file, parts.group(2)))
        : Optional.empty();
  }

  /** One that is to be made from this file as it stands in the folder now. */
  static <T> Proposal<T> in(Path folder, RegisterFile<T> file) {
    return new Proposal<>(file, base(folder, file) + "-" + UUID.randomUUID());
  }

  private static String base(Path folder, RegisterFile<?> file) {
    return FileContents.of(List.of(folder.resolve(file.file()))).substring(0, DIGITS);
  }

  /** What the gateway is told to take. */
  String name() {
    return file.name() + "-" + id;
  }

  private String proposed() {
    return file.name() + PROPOSED + id + file.ending();
  }

  /** Writes it; throws with every fault of it, and then nothing is proposed. */
  void write(Path folder, List<T> all) {
    file.write(folder, proposed(), all);
    try {
      Registrations.read(folder, file, proposed());
    } catch (RegistrationException e) {
      discard(folder);
      throw e;
    }
  }

  /**
   * Puts it in the place of the file, after this was done with it; throws when it is not there,
   * when the file changed since it was made, and with its faults.
   */
  void take(Path folder, Consumer<Registrations> first) {
    if (!id.startsWith(base(folder, file))) {
      throw new RegistrationException(
          List.of("the " + file.name() + " changed meanwhile: type it again"));
    }
    if (!Files.exists(folder.resolve(proposed()))) {
      throw new RegistrationException(List.of("nothing of this name is proposed in " + folder));
    }
    first.accept(Registrations.read(folder, file, proposed()));
    try {
      Files.move(
          folder.resolve(proposed()),
          folder.resolve(file.file()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RegistrationException("putting it in place of " + file.file(), e);
    }
  }

  /** Puts it away. */
  void discard(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(proposed()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what was proposed", e);
    }
  }

  /** Puts away what can never count any more, since it was made from another file. */
  void discardOutdated(Path folder) {
    String beginning = file.name() + PROPOSED;
    String current = beginning + base(folder, file);
    try (DirectoryStream<Path> proposals = Files.newDirectoryStream(folder, beginning + "*")) {
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
