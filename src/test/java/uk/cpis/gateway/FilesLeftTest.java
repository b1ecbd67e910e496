package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.cpis.gateway.testing.RecordedLog;

/** How many connections are let in where files are few. */
class FilesLeftTest {

  @Test
  void letsInAsManyAsAreWantedWhereThereAreFilesForThemAndSaysNothing() {
    try (RecordedLog log = RecordedLog.of(FilesLeft.class.getName())) {
      assertThat(new FilesLeft(1_600, 287).connections(1_000, 153)).isEqualTo(1_000);
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void letsInFewerWhereTheStoreAndTheLanesNeedTheFilesAndSaysSo() {
    try (RecordedLog log = RecordedLog.of(FilesLeft.class.getName())) {
      assertThat(new FilesLeft(1_024, 287).connections(1_000, 153)).isEqualTo(424);
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("CPG-FEW-FILES files=1024 open=287 connections=424 wanted=1000");
    }
  }

  @Test
  void letsInAFewWhateverIsLeft() {
    assertThat(new FilesLeft(256, 250).connections(1_000, 153)).isEqualTo(16);
  }

  @Test
  void knowsThatThisVeryProcessHasFilesOpen() {
    assertThat(FilesLeft.now())
        .hasValueSatisfying(now -> assertThat(now.open()).isBetween(1L, now.most()));
  }
}
