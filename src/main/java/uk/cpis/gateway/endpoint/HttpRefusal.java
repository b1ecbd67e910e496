package uk.cpis.gateway.endpoint;

/**
 * What is refused before a message is read: constant answers, unsigned, that never repeat input
 * (cpis.md §4).
 */
enum HttpRefusal {
  SHUT_OUT(403, "HTTP-403", "Nothing is given to whoever holds this certificate."),
  NO_SUCH_ENDPOINT(404, "HTTP-404", "There is no service at this address."),
  METHOD(405, "HTTP-405", "Messages are sent by POST; GET serves ?wsdl only."),
  TOO_SLOW(408, "HTTP-408", "The message did not arrive in time."),
  TOO_LARGE(413, "HTTP-413", "The message is larger than this service takes."),
  MEDIA_TYPE(
      415,
      "HTTP-415",
      "Messages are text/xml in UTF-8, UTF-16 or ISO-8859-1, neither compressed nor in parts."),
  BUSY(503, "HTTP-503", "Too much work is waiting. Send the same message again soon.");

  private final int status;
  private final String code;
  private final String text;

  HttpRefusal(int status, String code, String text) {
    this.status = status;
    this.code = code;
    this.text = text;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return text;
  }
}
