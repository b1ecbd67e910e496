package uk.cpis.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * What libraries may say in this program's log, whatever its configuration asks for: below WARN
 * nothing, since that is where they print what passes through them, messages and keys included; and
 * of an exception where it came from, without its words, which may repeat what a message said
 * (decision 25). Shared between threads.
 */
final class LibraryLog extends TurboFilter implements LoggerContextListener {

  private static final String OURS = "uk.cpis.gateway";
  private static final int DEEPEST_CAUSE = 8;
  private static final int FRAMES = 8;

  private final Logger log;

  private LibraryLog(Logger log) {
    this.log = log;
  }

  /** From now on, and after every other configuration of the log. */
  static void bound() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      bound(context);
    }
  }

  static void bound(LoggerContext context) {
    LibraryLog bound = new LibraryLog(context.getLogger(LibraryLog.class));
    bound.setContext(context);
    bound.start();
    context.addTurboFilter(bound);
    context.addListener(bound);
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    if (logger.getName().startsWith(OURS)) {
      return FilterReply.NEUTRAL;
    }
    if (!level.isGreaterOrEqual(Level.WARN)) {
      return FilterReply.DENY;
    }
    Throwable told = thrown == null ? lastOf(parameters) : thrown;
    if (told == null) {
      return FilterReply.NEUTRAL;
    }
    if (level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      log.warn("CPG-LIBRARY logger={} level={} places={}", logger.getName(), level, places(told));
    }
    return FilterReply.DENY;
  }

  private static @Nullable Throwable lastOf(Object @Nullable [] parameters) {
    return parameters != null
            && parameters.length > 0
            && parameters[parameters.length - 1] instanceof Throwable last
        ? last
        : null;
  }

  private static String places(Throwable thrown) {
    StringBuilder places = new StringBuilder();
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      places.append(depth == 0 ? "" : "\n  caused by ").append(cause.getClass().getName());
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
        places.append("\n    at ").append(frames[i]);
      }
      cause = cause.getCause();
    }
    return places.toString();
  }

  @Override
  public boolean isResetResistant() {
    return true;
  }

  @Override
  public void onReset(LoggerContext context) {
    context.addTurboFilter(this);
  }

  @Override
  public void onStart(LoggerContext context) {
    // Nothing changes.
  }

  @Override
  public void onStop(LoggerContext context) {
    // Nothing changes.
  }

  @Override
  public void onLevelChange(Logger logger, Level level) {
    // Nothing changes.
  }
}
