package uk.cpis.gateway.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a logger said from INFO on, while this is open. */
public final class RecordedLog implements AutoCloseable {

  private final Logger logger;
  private final Recorder recorder = new Recorder();

  private static final class Recorder extends AppenderBase<ILoggingEvent> {

    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
        messages.add(event.getFormattedMessage());
      }
    }
  }

  private RecordedLog(Logger logger) {
    this.logger = logger;
  }

  /** Records this logger, down to INFO whatever the configuration says. */
  public static RecordedLog of(String name) {
    Logger logger = (Logger) LoggerFactory.getLogger(name);
    RecordedLog log = new RecordedLog(logger);
    logger.setLevel(Level.INFO);
    log.recorder.start();
    logger.addAppender(log.recorder);
    return log;
  }

  public List<String> messages() {
    return List.copyOf(recorder.messages);
  }

  @Override
  public void close() {
    logger.detachAppender(recorder);
    logger.setLevel(null);
  }
}
