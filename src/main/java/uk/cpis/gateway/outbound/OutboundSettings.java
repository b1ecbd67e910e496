package uk.cpis.gateway.outbound;

import java.time.Duration;

/**
 * How long a call may take: to connect, and altogether from the first byte sent to the last byte
 * received; and how many bytes an answer may have.
 */
public record OutboundSettings(Duration connect, Duration call, int mostAnswerBytes) {
  private static final int MOST_ANSWER_BYTES = 64 * 1024;

  /** Takes times and a size that are positive. */
  public OutboundSettings {
    if (!isPositive(connect) || !isPositive(call) || mostAnswerBytes < 1) {
      throw new IllegalArgumentException("time-outs and sizes of calls must be positive");
    }
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  /** These times, and room for a signed answer several times over. */
  public static OutboundSettings of(Duration connect, Duration call) {
    return new OutboundSettings(connect, call, MOST_ANSWER_BYTES);
  }
}
