package uk.cpis.gateway.endpoint;

/**
 * Writes where something broke: classes and lines. The words of foreign exceptions are left out,
 * since they may repeat what a message said; ours never do.
 */
final class Places {

  private static final String OURS = "uk.cpis.gateway.";
  private static final int DEEPEST_CAUSE = 8;
  private static final int FRAMES = 25;

  private Places() {}

  static String of(Throwable thrown) {
    StringBuilder places = new StringBuilder();
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      places.append(depth == 0 ? " " : "\n  caused by ").append(name(cause));
      frames(cause, places);
      cause = cause.getCause();
    }
    return places.toString();
  }

  private static String name(Throwable thrown) {
    String name = thrown.getClass().getName();
    return name.startsWith(OURS) ? name + ": " + thrown.getMessage() : name;
  }

  private static void frames(Throwable thrown, StringBuilder places) {
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
      places.append("\n    at ").append(frames[i]);
    }
  }
}
