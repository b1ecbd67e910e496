package uk.cpis.gateway.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Registered;

/** A file of the registration that commands change: what stands in it, and under which names. */
public final class RegisterFile<T> {

  /** The systems that may speak. */
  public static final RegisterFile<RegisteredSystem> SYSTEMS =
      new RegisterFile<>(
          Registered.Kind.SYSTEM,
          "systems",
          ".json",
          SystemsFile::new,
          Registrations::systems,
          each -> each.system().asid().digits());

  /** The local authorities. */
  public static final RegisterFile<RegisteredAuthority> AUTHORITIES =
      new RegisterFile<>(
          Registered.Kind.AUTHORITY,
          "authorities",
          ".csv",
          AuthoritiesFile::new,
          Registrations::authorities,
          each -> each.authority().code().value());

  private static final List<RegisterFile<?>> ALL = List.of(SYSTEMS, AUTHORITIES);

  private final Registered.Kind kind;
  private final String name;
  private final String ending;
  private final Function<CertificateFolder, Form<T>> form;
  private final Function<Registrations, List<T>> entries;
  private final Function<T, String> subject;

  /** How it is read and written. */
  interface Form<T> {
    List<T> read(Path file, List<String> faults);

    void write(Path file, List<T> all) throws IOException;
  }

  private RegisterFile(
      Registered.Kind kind,
      String name,
      String ending,
      Function<CertificateFolder, Form<T>> form,
      Function<Registrations, List<T>> entries,
      Function<T, String> subject) {
    this.kind = kind;
    this.name = name;
    this.ending = ending;
    this.form = form;
    this.entries = entries;
    this.subject = subject;
  }

  /** The one of this name. */
  public static Optional<RegisterFile<?>> named(String name) {
    return ALL.stream().filter(each -> each.name.equals(name)).findFirst();
  }

  /** What stands in it, in the plural. */
  public String name() {
    return name;
  }

  /** With which its file's name ends. */
  public String ending() {
    return ending;
  }

  /** The file in the registration's folder. */
  public String file() {
    return name + ending;
  }

  /** What each in it is. */
  public Registered.Kind kind() {
    return kind;
  }

  /** The name by which this one is registered. */
  public String subject(T registered) {
    return subject.apply(registered);
  }

  /** Those of them that are registered. */
  public List<T> of(Registrations registrations) {
    return entries.apply(registrations);
  }

  /** These, and the others of them where they are not among these. */
  public List<T> with(List<T> before, List<T> others) {
    Set<String> anew = others.stream().map(subject).collect(Collectors.toSet());
    List<T> all = new ArrayList<>(before);
    all.removeIf(each -> anew.contains(subject(each)));
    all.addAll(others);
    return all;
  }

  /** Reads these alone from a file, with the certificates that it names in this folder. */
  public List<T> read(Path file, Path certificates) {
    List<String> faults = new ArrayList<>();
    List<T> read = form(certificates).read(file, faults);
    if (!faults.isEmpty()) {
      throw new RegistrationException(faults);
    }
    return read;
  }

  /** Writes these alone to a file in the folder, and their certificates beside. */
  public void write(Path folder, String toFile, List<T> all) {
    Path certificates = folder.resolve(Registrations.CERTIFICATES);
    try {
      Files.createDirectories(certificates);
      Form<T> written = form(certificates);
      new Replacing(folder)
          .with(folder.resolve(toFile), unfinished -> written.write(unfinished, all));
    } catch (IOException unwritable) {
      throw new RegistrationException("writing " + toFile, unwritable);
    }
  }

  Form<T> form(Path certificates) {
    return form.apply(new CertificateFolder(certificates));
  }
}
