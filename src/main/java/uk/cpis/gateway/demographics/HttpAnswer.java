package uk.cpis.gateway.demographics;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** A whole answer; its text is never shown, for it may tell of a person. */
record HttpAnswer(int status, HttpHeaders headers, byte[] body) {

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + "]";
  }
}
