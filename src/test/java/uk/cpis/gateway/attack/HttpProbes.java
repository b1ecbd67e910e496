package uk.cpis.gateway.attack;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * HTTP as it must not be spoken. Each is made of a valid message and written byte by byte to a
 * connection over mutual TLS.
 */
final class HttpProbes {

  /** What is written; made of a draft. */
  interface Writing extends BiFunction<Draft, Canary, String> {}

  private final Map<String, Writing> refused = new LinkedHashMap<>();
  private final Map<String, Writing> unfinished = new LinkedHashMap<>();
  private final Map<String, Writing> harmless = new LinkedHashMap<>();

  HttpProbes() {
    lengths();
    codings();
    chunks();
    heads();
    methods();
    places();
    contracts();
    upgrades();
  }

  /** None of these may be answered with a success. */
  Map<String, Writing> refused() {
    return refused;
  }

  /** None of these either; they promise more than they send, and end then. */
  Map<String, Writing> unfinished() {
    return unfinished;
  }

  /** These may, as long as they do nothing else. */
  Map<String, Writing> harmless() {
    return harmless;
  }

  private static String message(String requestLine, String headers, String body) {
    return requestLine + "\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n" + body;
  }

  private static String body(Draft draft) {
    return draft.signed();
  }

  private static int length(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String post(Draft draft, String headers) {
    String body = body(draft);
    return message(
        "POST " + draft.kind().path() + " HTTP/1.1",
        "Content-Type: text/xml; charset=utf-8\r\n"
            + headers.replace("LENGTH", String.valueOf(length(body))),
        body);
  }

  private static String chunked(Draft draft, String headers, String size, String trailers) {
    String body = body(draft);
    return message(
        "POST " + draft.kind().path() + " HTTP/1.1",
        "Content-Type: text/xml; charset=utf-8\r\n" + headers,
        size.replace("SIZE", Integer.toHexString(length(body)))
            + "\r\n"
            + body
            + "\r\n0\r\n"
            + trailers
            + "\r\n");
  }

  private void head(String name, String headers) {
    refused.put(name, (draft, canary) -> post(draft, headers));
  }

  private void lengths() {
    head("length and chunks", "Content-Length: LENGTH\r\nTransfer-Encoding: chunked\r\n");
    head("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: LENGTH\r\n");
    head("two lengths", "Content-Length: LENGTH\r\nContent-Length: 5\r\n");
    head("two lengths in one", "Content-Length: LENGTH, 5\r\n");
    head("length with a sign", "Content-Length: +LENGTH\r\n");
    head("negative length", "Content-Length: -1\r\n");
    head("hexadecimal length", "Content-Length: 0x10\r\n");
    head("endless length", "Content-Length: 99999999999999999999\r\n");
    unfinished.put(
        "length of two gigabytes",
        (draft, canary) -> post(draft, "Content-Length: 2147483648\r\n"));
    head("empty length", "Content-Length: \r\n");
    head("blank before the colon of the length", "Content-Length : LENGTH\r\n");
    head("no length", "");
    head("the same length twice", "Content-Length: LENGTH\r\nContent-Length: LENGTH\r\n");
    head("the same length twice in one", "Content-Length: LENGTH, LENGTH\r\n");
    head("length with a point", "Content-Length: LENGTH.0\r\n");
    head("length with a blank in it", "Content-Length: 1 0\r\n");
    head("length of other digits", "Content-Length: \u0661\r\n");
    head("length after a line of nothing", "Content-Length\r\n: LENGTH\r\n");
    harmless.put(
        "length with noughts before it",
        (draft, canary) -> post(draft, "Content-Length: 000LENGTH\r\n"));
    harmless.put(
        "chunks in HTTP/1.0",
        (draft, canary) ->
            chunked(draft, "Transfer-Encoding: chunked\r\n", "SIZE", "")
                .replace("HTTP/1.1", "HTTP/1.0"));
  }

  private void codings() {
    for (String coding :
        new String[] {
          "xchunked",
          "chunked, identity",
          "identity",
          "gzip, chunked",
          "gzip",
          "chunked\u000b",
          "chunked;q=1",
          "cow",
          "chunked, chunked"
        }) {
      head(
          "transfer coding " + coding.strip() + " " + coding.length(),
          "Transfer-Encoding: " + coding + "\r\n");
    }
    head("transfer coding twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n");
    head("transfer coding folded", "Transfer-Encoding:\r\n chunked\r\n");
    head("transfer coding with a blank", "Transfer-Encoding : chunked\r\n");
  }

  private void chunks() {
    String coded = "Transfer-Encoding: chunked\r\n";
    for (String size :
        new String[] {"FFFFFFFFFFFFFFFF", "-5", "0xSIZE", "SIZEg", "", "\u0000SIZE"}) {
      refused.put(
          "chunk of the size '" + size.strip() + "'",
          (draft, canary) -> chunked(draft, coded, size, ""));
    }
    unfinished.put(
        "chunk of the size '7FFFFFFF'", (draft, canary) -> chunked(draft, coded, "7FFFFFFF", ""));
    refused.put(
        "chunk that ends with a bare line feed",
        (draft, canary) ->
            chunked(draft, coded, "SIZE", "").replaceFirst("([0-9a-f]{3,5})\r\n<", "$1\n<"));
    refused.put(
        "chunk longer than said",
        (draft, canary) ->
            chunked(draft, coded, "SIZE", "").replaceFirst("(>)\r\n0\r\n", "$1xx\r\n0\r\n"));
    refused.put(
        "chunk with a carriage return in its size",
        (draft, canary) -> chunked(draft, coded, "SIZE\r", ""));
    refused.put(
        "20,000 chunks of a byte and no end",
        (draft, canary) ->
            message(
                "POST /query HTTP/1.1",
                "Content-Type: text/xml\r\n" + coded,
                "1\r\nx\r\n".repeat(20_000) + "x\r\n"));
    refused.put(
        "chunk with a very long extension",
        (draft, canary) -> chunked(draft, coded, "SIZE;" + "x".repeat(2_000_000), ""));
    harmless.put(
        "chunk with an extension", (draft, canary) -> chunked(draft, coded, "SIZE;a=b", ""));
    harmless.put(
        "chunk with a quoted line end",
        (draft, canary) -> chunked(draft, coded, "SIZE;a=\"b\r\nGET / HTTP/1.1\"", ""));
    harmless.put("trailers", (draft, canary) -> chunked(draft, coded, "SIZE", "X-A: b\r\n"));
    harmless.put(
        "trailers that change the message",
        (draft, canary) ->
            chunked(draft, coded, "SIZE", "Content-Length: 0\r\nContent-Type: text/plain\r\n"));
    refused.put(
        "very long trailers",
        (draft, canary) -> chunked(draft, coded, "SIZE", "X-A: " + "b".repeat(100_000) + "\r\n"));
  }

  private void heads() {
    String length = "Content-Length: LENGTH\r\n";
    head("folded header", length + "X-A: b\r\n c\r\n");
    head("header without a colon", length + "hostile-marker\r\n");
    head("header without a name", length + ": b\r\n");
    head("header name with a blank", length + "X A: b\r\n");
    head("nought in a header", length + "X-A: b\u0000c\r\n");
    head("nought in a header's name", length + "X\u0000A: b\r\n");
    head("long header", length + "X-A: " + "b".repeat(9_000) + "\r\n");
    head("many headers", length + "X: y\r\n".repeat(2_000));
    head("header of a very long name", length + "X".repeat(9_000) + ": b\r\n");
    head("two hosts", length + "Host: y\r\n");
    head("expecting something else", length + "Expect: hostile-marker\r\n");
    head("compressed", length + "Content-Encoding: gzip\r\n");
    head("bare carriage return in a header", length + "X-A: b\rX-B: c\r\n");
    harmless.put(
        "bare line feed between headers", (d, c) -> post(d, length + "X-A: b\nX-B: c\r\n"));
    head("header that begins with a blank", " X-A: b\r\n" + length);
    head("header that begins with a tab", length + "X-A: b\r\n\tc\r\n");
    head("deletion in a header's name", length + "X\u007f: b\r\n");
    head("brackets in a header's name", length + "X(y): b\r\n");
    head("compressed in two headers", length + "Content-Encoding: \r\nContent-Encoding: gzip\r\n");
    head("expecting two things", length + "Expect: 100-continue, hostile-marker\r\n");
    refused.put(
        "a proxy's preface", (d, c) -> "PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n" + post(d, length));
    harmless.put(
        "asked for a part of the answer", (d, c) -> post(d, length + "Range: bytes=0-10\r\n"));
    harmless.put(
        "on a condition", (d, c) -> post(d, length + "If-Match: \"x\"\r\nIf-None-Match: *\r\n"));
    harmless.put(
        "headers that a proxy would take away",
        (d, c) ->
            post(d, length)
                .replace("Connection: close", "Connection: close, Content-Length, Host"));
    harmless.put(
        "an answer compressed", (d, c) -> post(d, length + "Accept-Encoding: gzip, br\r\n"));
    harmless.put("a cookie", (d, c) -> post(d, length + "Cookie: JSESSIONID=hostile-marker\r\n"));
    refused.put(
        "no host", (d, c) -> post(d, "Content-Length: LENGTH\r\n").replace("Host: x\r\n", ""));
    refused.put(
        "host of nonsense",
        (d, c) -> post(d, "Content-Length: LENGTH\r\n").replace("Host: x", "Host: a b/@"));
    harmless.put(
        "another method in a header",
        (d, c) -> post(d, length + "X-HTTP-Method-Override: DELETE\r\n"));
    harmless.put(
        "a certificate in a header",
        (d, c) ->
            post(
                d,
                length
                    + "X-Forwarded-Client-Cert: hostile-marker\r\nSSL_CLIENT_CERT: hostile-marker\r\n"));
    harmless.put(
        "another address in a header",
        (d, c) ->
            post(
                d,
                length
                    + "X-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\nX-Original-URL: /x\r\n"));
  }

  private void line(String name, String requestLine) {
    refused.put(name, written(requestLine));
  }

  private void harmless(String name, String requestLine) {
    harmless.put(name, written(requestLine));
  }

  private static Writing written(String requestLine) {
    return (draft, canary) -> {
      String body = body(draft);
      return message(
          requestLine.replace("CANARY", canary.url("http")),
          "Content-Type: text/xml\r\nContent-Length: " + length(body) + "\r\n",
          body);
    };
  }

  private void methods() {
    for (String method :
        new String[] {
          "GET",
          "HEAD",
          "PUT",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "PATCH",
          "PROPFIND",
          "post",
          "POSTX",
          "DEBUG",
          "QUERY",
          "POST,GET",
          "P\u00d6ST",
          "CONNECT"
        }) {
      line("method " + method, method + " /query HTTP/1.1");
    }
    line("very long method", "P".repeat(20_000) + " /query HTTP/1.1");
    line("no method", " /query HTTP/1.1");
    line("version 1.2", "POST /query HTTP/1.2");
    line("version 2.0", "POST /query HTTP/2.0");
    line("version 9.9", "POST /query HTTP/9.9");
    line("version of letters", "POST /query HTTP/x");
    harmless("version in small letters", "POST /query http/1.1");
    line("version with a nought", "POST /query HTTP/1.01");
    harmless("two blanks", "POST  /query HTTP/1.1");
    harmless("address without a host", "POST http:/query HTTP/1.1");
    line("tabs for blanks", "POST\t/query\tHTTP/1.1");
    line("options of everything", "OPTIONS * HTTP/1.1");
    line("a host to connect to", "CONNECT 127.0.0.1:1 HTTP/1.1");
    line("no version", "POST /query");
    line("something after the version", "POST /query HTTP/1.1 x");
    refused.put("version 0.9", (d, c) -> "GET /query\r\n");
    refused.put("line ends only", (d, c) -> "\r\n\r\n\r\n\r\n" + "x\r\n\r\n");
    refused.put(
        "bytes of no meaning", (d, c) -> "\u0016\u0003\u0001\u0000\u0005hostile-marker\r\n\r\n");
  }

  private void places() {
    for (String place :
        new String[] {
          "/",
          "/services",
          "/query/",
          "/QUERY",
          "/query/planQuery",
          "/../etc/passwd",
          "/query/../../etc/passwd",
          "/query%00",
          "/query%2f..%2f",
          "/%2e%2e/etc/passwd",
          "/query/..;/x",
          "/actuator/health",
          "/query\\..\\x",
          "*",
          "/%zz",
          "/" + "x".repeat(9_000),
          "CANARY",
          "file:///etc/passwd",
          "//query",
          "/./query",
          "/x/../query",
          "/query/.",
          "/query/..",
          "/query;x=y",
          "/query;jsessionid=hostile-marker",
          ";/query",
          "/%71uery",
          "/que%72y",
          "/query%20",
          "/query%0d%0aX:%20y",
          "/%2fquery",
          "/query%c0%af",
          "/query%3b",
          "/query%3fwsdl",
          "/query%u002e",
          "/que ry",
          "/que\u0000ry",
          "/query#x"
        }) {
      line(
          "place " + place.substring(0, Math.min(30, place.length())),
          "POST " + place + " HTTP/1.1");
    }
  }

  private void contracts() {
    for (String query :
        new String[] {
          "?wsdl=../../../../etc/passwd",
          "?wsdl=file:///etc/passwd",
          "?xsd=../../../../etc/passwd",
          "?xsd=/etc/passwd",
          "?xsd=file:///etc/passwd",
          "?xsd=..%2f..%2f..%2fetc%2fpasswd",
          "?xsd=CANARY",
          "?xsd=http:%2f%2f127.0.0.1:1",
          "?xsd=jar:file:x",
          "?xsd=types.xsd%00.txt",
          "?xsd=",
          "?xsd=gateway.properties",
          "?xsd=store.key",
          "?xsd=" + "a/".repeat(60),
          "?_wadl",
          "?stylesheet=1",
          "?js",
          "/planQuery?nhsNumber=9990000018",
          "?nhsNumber=9990000018"
        }) {
      refused.put(
          "GET " + query.substring(0, Math.min(40, query.length())),
          (d, canary) ->
              message(
                  "GET /query" + query.replace("CANARY", canary.url("http")) + " HTTP/1.1",
                  "",
                  ""));
    }
  }

  private void upgrades() {
    String length = "Content-Length: LENGTH\r\n";
    harmless.put(
        "upgrade to HTTP/2",
        (d, c) -> post(d, length + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"));
    harmless.put(
        "upgrade to WebSocket",
        (d, c) -> post(d, length + "Upgrade: websocket\r\nSec-WebSocket-Key: AAAA\r\n"));
    refused.put("preface of HTTP/2", (d, c) -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    refused.put(
        "WebSocket by GET",
        (d, c) ->
            message(
                "GET /query HTTP/1.1",
                "Upgrade: websocket\r\nSec-WebSocket-Key: AAAA\r\nSec-WebSocket-Version: 13\r\n",
                ""));
    harmless.put(
        "a message inside the question for the contract",
        (d, c) -> {
          String inner = post(d, length);
          return "GET /query?wsdl HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + length(inner)
              + "\r\nConnection: close\r\n\r\n"
              + inner;
        });
    harmless.put(
        "a message inside the chunks of a refused one",
        (d, c) -> {
          String inner = post(d, length);
          return "POST /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(length(inner))
              + "\r\n"
              + inner
              + "\r\n0\r\n\r\n";
        });
    harmless.put(
        "whole address",
        (d, c) -> post(d, length).replaceFirst("POST /", "POST https://localhost/"));
    refused.put("something smuggled behind", (d, c) -> post(d, "Content-Length: 5\r\n"));
  }
}
