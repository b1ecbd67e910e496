package uk.cpis.gateway.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.w3c.dom.Document;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.DeliveryOutcome.Deferred;
import uk.cpis.gateway.domain.DeliveryOutcome.Undeliverable;
import uk.cpis.gateway.domain.DeliveryOutcome.Unreachable;
import uk.cpis.gateway.security.AddressingVersion;

/**
 * The one place that says what a failed call means for delivery. What concerns the authority's
 * whole system is unreachable and the lane waits; what may concern this notification alone is
 * deferred and the lane goes on; undeliverable is only what the authority itself refuses for good,
 * in words that were verified, because nothing else may discard a safeguarding notice.
 */
final class FailureRules {
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;

  private FailureRules() {}

  /** No whole answer came back. */
  static DeliveryOutcome of(IOException failure) {
    if (failure instanceof AnswerTooLongException) {
      return new Deferred("the answer is longer than an answer may be");
    }
    return new Unreachable(reason(failure));
  }

  private static String reason(IOException failure) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (failure instanceof SSLException) {
      return "TLS failed: the certificate of one side is not accepted by the other";
    }
    if (failure instanceof ConnectException) {
      return failure.getCause() instanceof UnresolvedAddressException
          ? "the host name is not known"
          : "the connection is refused";
    }
    return "the connection broke before an answer";
  }

  /** An HTTP status without SOAP: the service itself was not reached, or would not take this. */
  static DeliveryOutcome ofStatus(int status) {
    return switch (status) {
      case BAD_REQUEST, TOO_LARGE -> new Deferred("HTTP status " + status + " without SOAP");
      default -> new Unreachable("HTTP status " + status + " without SOAP");
    };
  }

  /**
   * A SOAP fault that was verified to be the authority's. One that relates to no message may have
   * been about another, so it never refuses for good.
   */
  static DeliveryOutcome ofFault(Document fault) {
    Optional<SpineFault> known = SpineFault.of(fault);
    String cause =
        known.map(each -> "fault " + each.code()).orElse("a fault without a code known here");
    boolean forGood = known.isPresent() && !known.get().retryable() && relates(fault);
    return forGood ? new Undeliverable(cause) : new Deferred(cause);
  }

  private static boolean relates(Document fault) {
    return Arrays.stream(AddressingVersion.values())
        .map(AddressingVersion::namespace)
        .anyMatch(wsa -> fault.getElementsByTagNameNS(wsa, "RelatesTo").getLength() > 0);
  }
}
