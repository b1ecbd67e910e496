package uk.cpis.gateway.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * The address a message is for. Two are the same when they differ only in what RFC 3986 calls the
 * same: capitals in scheme and host, and a port that is the scheme's own.
 */
record ToAddress(String server, String path) {
  private static final String NO_SERVER = "";

  static ToAddress of(String text) {
    try {
      URI uri = new URI(text);
      boolean plain = uri.getHost() != null && uri.getScheme() != null;
      if (plain && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new ToAddress(server(uri), uri.getRawPath() + query);
      }
    } catch (URISyntaxException e) {
      // it is compared as it is
    }
    return new ToAddress(NO_SERVER, text);
  }

  /** How it differs from all of these, in words that repeat nothing of it. */
  String comparedWith(List<ToAddress> ours) {
    if (server.equals(NO_SERVER)) {
      return "no address of a server";
    }
    return ours.stream().anyMatch(each -> each.server().equals(server))
        ? "another path"
        : "another scheme, host or port";
  }

  private static String server(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int own = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() == -1 || uri.getPort() == own ? "" : ":" + uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }
}
