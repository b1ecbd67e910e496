package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibraryLogTest {

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeEach
  void tellEverything() {
    LibraryLog.bound(context);
    configured();
  }

  @Test
  void saysNothingOfALibraryBelowWarnAndAllOfOurs() {
    library().info("message {}", "a child");
    library().debug("message {}", "a child");
    library().warn("no room");
    context.getLogger("uk.cpis.gateway.any").debug("ours");

    assertThat(library().isInfoEnabled()).isFalse();
    assertThat(lines()).containsExactly("no room", "ours");
  }

  @Test
  void saysWhereALibrarysExceptionCameFromAndNotItsWords() {
    Exception cause = new IllegalStateException("a child");

    library().warn("a child at /path", new IllegalArgumentException("a child", cause));
    library().error("a child at {}", "/path", cause);

    assertThat(lines())
        .hasSize(2)
        .noneMatch(line -> line.contains("child"))
        .allMatch(line -> line.startsWith("CPG-LIBRARY logger=org.example level="))
        .allMatch(line -> line.contains("IllegalStateException\n    at " + getClass().getName()));
    assertThat(written.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void saysNothingOfALibraryThatIsOff() {
    library().setLevel(Level.OFF);

    library().error("off", new IllegalStateException());

    assertThat(lines()).isEmpty();
  }

  @Test
  void holdsAfterTheLogWasConfiguredAnew() {
    context.reset();
    configured();

    library().debug("message");

    assertThat(lines()).isEmpty();
  }

  private void configured() {
    written.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(written);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
  }

  private Logger library() {
    return context.getLogger("org.example");
  }

  private List<String> lines() {
    return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
