package uk.cpis.gateway.outbound;

import java.io.IOException;

/** An answer has more bytes than one may have. */
final class AnswerTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  AnswerTooLongException() {
    super("the answer is too long");
  }
}
