package uk.cpis.gateway.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that is registered, as it stands in a folder: {@code systems.json}, {@code authorities.csv},
 * {@code sites.csv}, and the certificates they name in {@code certificates}.
 */
public record Registrations(
    List<RegisteredSystem> systems,
    List<RegisteredAuthority> authorities,
    List<RegisteredSite> sites) {

  static final String CERTIFICATES = "certificates";

  private static final String SITES = "sites.csv";

  /** Copies the lists. */
  public Registrations {
    systems = List.copyOf(systems);
    authorities = List.copyOf(authorities);
    sites = List.copyOf(sites);
  }

  /** Reads the folder whole; with any fault nothing, but all faults named. */
  public static Registrations read(Path folder) {
    return read(folder, each -> folder.resolve(each.file()));
  }

  /** The same with another file in the folder in place of one of its own. */
  public static Registrations read(Path folder, RegisterFile<?> own, String other) {
    return read(folder, each -> folder.resolve(each == own ? other : each.file()));
  }

  private static Registrations read(Path folder, Function<RegisterFile<?>, Path> place) {
    List<String> faults = new ArrayList<>();
    Registrations read =
        new Registrations(
            read(RegisterFile.SYSTEMS, folder, place, faults),
            read(RegisterFile.AUTHORITIES, folder, place, faults),
            SitesFile.read(folder.resolve(SITES), faults));
    if (faults.isEmpty()) {
      Contradictions.in(read).forEach(faults::add);
    }
    if (!faults.isEmpty()) {
      throw new RegistrationException(faults);
    }
    return read;
  }

  private static <T> List<T> read(
      RegisterFile<T> file,
      Path folder,
      Function<RegisterFile<?>, Path> place,
      List<String> faults) {
    return file.form(folder.resolve(CERTIFICATES)).read(place.apply(file), faults);
  }

  /** Reads one certificate from a PEM file. */
  public static X509Certificate readCertificate(Path file) {
    Path whole = file.toAbsolutePath();
    try {
      return new CertificateFolder(whole.getParent()).read(whole.getFileName().toString());
    } catch (IllegalArgumentException unreadable) {
      throw new RegistrationException(List.of(file + ": " + unreadable.getMessage()));
    }
  }

  /** Every file that the registration is read from, in their order. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> certificates = Files.list(folder.resolve(CERTIFICATES))) {
      return Stream.concat(
              Stream.of(RegisterFile.SYSTEMS.file(), RegisterFile.AUTHORITIES.file(), SITES)
                  .map(folder::resolve),
              certificates.filter(Files::isRegularFile).sorted())
          .toList();
    } catch (IOException unreadable) {
      throw new RegistrationException("reading the folder of certificates", unreadable);
    }
  }

  /** Writes the folder, in place of what stood there under the same names. */
  public void write(Path folder) {
    RegisterFile.SYSTEMS.write(folder, RegisterFile.SYSTEMS.file(), systems);
    RegisterFile.AUTHORITIES.write(folder, RegisterFile.AUTHORITIES.file(), authorities);
    try {
      new Replacing(folder)
          .with(folder.resolve(SITES), unfinished -> SitesFile.write(unfinished, sites));
    } catch (IOException unwritable) {
      throw new RegistrationException("writing " + SITES, unwritable);
    }
  }
}
