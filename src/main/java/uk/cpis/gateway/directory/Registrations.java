package uk.cpis.gateway.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that is registered, as it stands in a folder: {@code systems.json}, {@code authorities.csv},
 * {@code sites.csv}, and the certificates they name in {@code certificates}.
 */
public record Registrations(
    List<RegisteredSystem> systems,
    List<RegisteredAuthority> authorities,
    List<RegisteredSite> sites) {

  /** The file that commands change. */
  public static final String SYSTEMS = "systems.json";

  private static final String AUTHORITIES = "authorities.csv";
  private static final String SITES = "sites.csv";
  private static final String CERTIFICATES = "certificates";

  /** Copies the lists. */
  public Registrations {
    systems = List.copyOf(systems);
    authorities = List.copyOf(authorities);
    sites = List.copyOf(sites);
  }

  /** Reads the folder whole; with any fault nothing, but all faults named. */
  public static Registrations read(Path folder) {
    return read(folder, SYSTEMS);
  }

  /** The same with another file in the folder in place of that of the systems. */
  public static Registrations read(Path folder, String systemsFile) {
    CertificateFolder certificates = new CertificateFolder(folder.resolve(CERTIFICATES));
    List<String> faults = new ArrayList<>();
    Registrations read =
        new Registrations(
            new SystemsFile(certificates).read(folder.resolve(systemsFile), faults),
            new AuthoritiesFile(certificates).read(folder.resolve(AUTHORITIES), faults),
            SitesFile.read(folder.resolve(SITES), faults));
    if (faults.isEmpty()) {
      Contradictions.in(read).forEach(faults::add);
    }
    if (!faults.isEmpty()) {
      throw new RegistrationException(faults);
    }
    return read;
  }

  /** Reads systems alone from a file, with the certificates that it names in this folder. */
  public static List<RegisteredSystem> readSystems(Path file, Path certificates) {
    List<String> faults = new ArrayList<>();
    List<RegisteredSystem> systems =
        new SystemsFile(new CertificateFolder(certificates)).read(file, faults);
    if (!faults.isEmpty()) {
      throw new RegistrationException(faults);
    }
    return systems;
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

  /** Writes the systems alone to a file in the folder, and their certificates beside. */
  public static void writeSystems(Path folder, String file, List<RegisteredSystem> systems) {
    CertificateFolder certificates = new CertificateFolder(folder.resolve(CERTIFICATES));
    try {
      Files.createDirectories(folder.resolve(CERTIFICATES));
      new SystemsFile(certificates).write(folder.resolve(file), systems);
    } catch (IOException unwritable) {
      throw new RegistrationException("writing " + file, unwritable);
    }
  }

  /** Every file that the registration is read from, in their order. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> certificates = Files.list(folder.resolve(CERTIFICATES))) {
      return Stream.concat(
              Stream.of(SYSTEMS, AUTHORITIES, SITES).map(folder::resolve),
              certificates.filter(Files::isRegularFile).sorted())
          .toList();
    } catch (IOException unreadable) {
      throw new RegistrationException("reading the folder of certificates", unreadable);
    }
  }

  /** Writes the folder, in place of what stood there under the same names. */
  public void write(Path folder) {
    CertificateFolder certificates = new CertificateFolder(folder.resolve(CERTIFICATES));
    try {
      Files.createDirectories(folder.resolve(CERTIFICATES));
      new SystemsFile(certificates).write(folder.resolve(SYSTEMS), systems);
      Replacing replacing = new Replacing(folder);
      replacing.with(
          folder.resolve(AUTHORITIES),
          unfinished -> new AuthoritiesFile(certificates).write(unfinished, authorities));
      replacing.with(folder.resolve(SITES), unfinished -> SitesFile.write(unfinished, sites));
    } catch (IOException unwritable) {
      throw new RegistrationException("writing the registration", unwritable);
    }
  }
}
