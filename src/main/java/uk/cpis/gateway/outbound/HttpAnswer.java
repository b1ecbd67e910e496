package uk.cpis.gateway.outbound;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came back over HTTP, unread. */
record HttpAnswer(int status, Optional<String> contentType, byte[] body) {
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([A-Za-z0-9._-]+)", Pattern.CASE_INSENSITIVE);

  /** Whether it claims to be a SOAP 1.1 message: text/xml with a status that SOAP uses. */
  boolean claimsToBeSoap() {
    return (status == OK || status == SERVER_ERROR)
        && contentType
            .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/xml"))
            .isPresent();
  }

  Optional<String> charset() {
    return contentType.map(CHARSET::matcher).filter(Matcher::find).map(found -> found.group(1));
  }
}
