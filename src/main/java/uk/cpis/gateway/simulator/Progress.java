package uk.cpis.gateway.simulator;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Tells a person that something long is under way: nothing in the first second, then a line every
 * other second with how far it is. Used by one thread.
 */
public final class Progress implements Steps {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final PrintWriter out;
  private final String what;
  private final Runnable goOn;
  private long nextLine = System.nanoTime() + FIRST.toNanos();

  /** Speaks of this, such as {@code certificates made}. */
  public Progress(PrintWriter out, String what) {
    this(out, what, () -> {});
  }

  /** The same; asks at each step whether to go on, by a call that throws if not. */
  public Progress(PrintWriter out, String what, Runnable goOn) {
    this.out = out;
    this.what = what;
    this.goOn = goOn;
  }

  @Override
  public void at(int done, int total) {
    goOn.run();
    if (System.nanoTime() - nextLine >= 0) {
      nextLine = System.nanoTime() + EVERY.toNanos();
      out.printf("    ... %,d of %,d %s%n", done, total, what);
      out.flush();
    }
  }
}
