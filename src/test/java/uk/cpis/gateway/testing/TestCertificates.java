package uk.cpis.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.pki.DevelopmentPki;

/**
 * A development PKI with a few authorities, made once below {@code target} and used by all tests,
 * because RSA keys take seconds. Dated by the system clock, so injected clocks start there too.
 */
public final class TestCertificates {
  /** The authorities that have certificates; TWH and HCK sign with RSA, the others with EC. */
  public static final List<OdsCode> AUTHORITIES =
      List.of(
          new OdsCode("TWH"),
          new OdsCode("HCK"),
          new OdsCode("BIR"),
          new OdsCode("LDS"),
          new OdsCode("IOS"));

  /** As long as the certificates last: a test may move the clock by more than a year. */
  private static final Duration LIFE_OF_LISTS = Duration.ofDays(730);

  private static final Path DIRECTORY = Path.of("target", "test-certificates");

  private TestCertificates() {}

  public static DevelopmentCertificates all() {
    return Once.MADE;
  }

  /** Judges by the anchors and revocation lists of this PKI. */
  public static CertificatePaths paths() {
    return new CertificatePaths(all().trustAnchors(), all().crls());
  }

  /** Made when first asked for. */
  private static final class Once {
    static final DevelopmentCertificates MADE = made();

    /** Tests run in several processes at once; one of them makes it. */
    private static DevelopmentCertificates made() {
      try {
        Files.createDirectories(DIRECTORY.getParent());
        Path lock = DIRECTORY.resolveSibling(DIRECTORY.getFileName() + ".lock");
        try (FileChannel one =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = one.lock()) {
          return new DevelopmentPki(DIRECTORY, InstantSource.system(), LIFE_OF_LISTS)
              .makeAbsent(AUTHORITIES, (done, total) -> {});
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
