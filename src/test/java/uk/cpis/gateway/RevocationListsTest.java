package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestCertificates;

class RevocationListsTest {

  private final RecordedLog log = RecordedLog.of(RevocationLists.class.getName());
  private final SettableClock clock = new SettableClock(Instant.now());
  private final CertificatePaths paths = TestCertificates.paths();
  @TempDir private Path folder;
  private RevocationLists lists;

  @BeforeEach
  void copy() throws IOException {
    for (String each : List.of("root.crl", "issuing.crl")) {
      copy(each);
    }
    lists = new RevocationLists(List.of(folder), TestCertificates.all().crls(), paths, clock);
    lists.look();
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void saysNothingWhileNothingChangesAndNothingEnds() {
    lists.look();

    assertThat(lists.fault()).isEmpty();
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void tellsOnceOfAListThatCannotBeReadAndIsWellWhenItCan() throws IOException {
    Files.writeString(folder.resolve("issuing.crl"), "half a li");
    lists.look();
    lists.look();

    assertThat(lists.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("issuing"));
    assertThat(log.messages()).singleElement().asString().startsWith("CPG-LISTS-UNREADABLE");

    copy("issuing.crl");
    lists.look();
    assertThat(lists.fault()).isEmpty();
  }

  @Test
  void tellsOnceThatAListEndsThreeDaysBefore() {
    Instant end = paths.firstListEnds().orElseThrow();
    clock.advance(Duration.between(clock.instant(), end.minus(Duration.ofDays(3))));
    lists.look();
    assertThat(lists.fault()).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    lists.look();
    lists.look();

    assertThat(lists.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("" + end));
    assertThat(log.messages()).containsExactly("CPG-LIST-ENDS at=" + end);
  }

  private void copy(String name) throws IOException {
    Files.copy(
        TestCertificates.all().ca().resolve(name),
        folder.resolve(name),
        StandardCopyOption.REPLACE_EXISTING);
  }
}
