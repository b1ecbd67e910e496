package uk.cpis.gateway.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is registered, as it stands in a folder: {@code systems.json}, {@code authorities.csv},
 * {@code sites.csv}, and the certificates they name in {@code certificates}.
 */
public record Registrations(
    List<RegisteredSystem> systems,
    List<RegisteredAuthority> authorities,
    List<RegisteredSite> sites) {

  private static final String SYSTEMS = "systems.json";
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
    CertificateFolder certificates = new CertificateFolder(folder.resolve(CERTIFICATES));
    List<String> faults = new ArrayList<>();
    Registrations read =
        new Registrations(
            new SystemsFile(certificates).read(folder.resolve(SYSTEMS), faults),
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

  /** Writes the folder, in place of what stood there under the same names. */
  public void write(Path folder) {
    CertificateFolder certificates = new CertificateFolder(folder.resolve(CERTIFICATES));
    try {
      Files.createDirectories(folder.resolve(CERTIFICATES));
      new SystemsFile(certificates).write(folder.resolve(SYSTEMS), systems);
      new AuthoritiesFile(certificates).write(folder.resolve(AUTHORITIES), authorities);
      SitesFile.write(folder.resolve(SITES), sites);
    } catch (IOException unwritable) {
      throw new RegistrationException("writing the registration", unwritable);
    }
  }
}
