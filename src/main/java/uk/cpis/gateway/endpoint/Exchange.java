package uk.cpis.gateway.endpoint;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request with its answer under way; its callback is completed once. */
record Exchange(Request request, Response response, Callback callback, TlsPeer peer) {

  private static final int RETRY_AFTER_SECONDS = 2;

  static Exchange of(Request request, Response response, Callback callback) {
    return new Exchange(request, response, callback, TlsPeer.of(request));
  }

  /**
   * As it was written: what only comes to the same (escapes, parameters, ways round) is another.
   */
  String path() {
    return String.valueOf(request.getHttpURI().getPath());
  }

  /**
   * The same exchange with something to do when it is over, however it ends: before its connection
   * is free for the next one.
   */
  Exchange onEnd(Runnable action) {
    return new Exchange(request, response, Callback.from(action, callback), peer);
  }

  /** Who comes too often keeps its connection: a new one costs more than the refusal saves. */
  void refuse(HttpRefusal refusal) {
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    if (refusal != HttpRefusal.BUSY) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }
    if (refusal == HttpRefusal.METHOD) {
      response.getHeaders().put(HttpHeader.ALLOW, "POST");
    }
    if (refusal == HttpRefusal.BUSY) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    Content.Sink.write(response, true, refusal.text() + "\n", callback);
  }

  void broken(Throwable cause) {
    callback.failed(cause);
  }
}
