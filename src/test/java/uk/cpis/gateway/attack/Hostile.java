package uk.cpis.gateway.attack;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is sent: bytes, HTTP headers (names and values in turn), to which path, over whose TLS. */
record Hostile(byte[] bytes, List<String> headers, Optional<String> path, Optional<Kind> over) {

  Hostile(byte[] bytes, List<String> headers) {
    this(bytes, headers, Optional.empty(), Optional.empty());
  }

  static Hostile of(String xml) {
    return of(xml, StandardCharsets.UTF_8, "text/xml; charset=utf-8");
  }

  static Hostile of(String xml, Charset charset, String contentType) {
    return of(xml.getBytes(charset), contentType);
  }

  static Hostile of(byte[] bytes, String contentType) {
    return new Hostile(bytes, List.of("Content-Type", contentType));
  }

  Hostile with(String... more) {
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of(more));
    return new Hostile(bytes, all, path, over);
  }

  /** Sent to another service than it was made for. */
  Hostile to(String otherPath) {
    return new Hostile(bytes, headers, Optional.of(otherPath), over);
  }

  /** Sent over the connection of another system. */
  Hostile over(Kind other) {
    return new Hostile(bytes, headers, path, Optional.of(other));
  }

  /** The first value of this header, as far as it states something. */
  Optional<String> header(String name) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        return Optional.of(headers.get(i + 1));
      }
    }
    return Optional.empty();
  }
}
