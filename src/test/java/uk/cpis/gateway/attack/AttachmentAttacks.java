package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.KEY_REFERENCE;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_FORM;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Parts, attachments and compressed bodies: none of them is taken. */
final class AttachmentAttacks extends Attacks {

  private static final String XOP = " xmlns:xop=\"http://www.w3.org/2004/08/xop/include\"";
  private static final String RELATED =
      "multipart/related; boundary=x; type=\"application/xop+xml\"; start=\"<r>\";"
          + " start-info=\"text/xml\"";

  AttachmentAttacks() {
    super("attachment and http-coding");
    parts();
    inclusions();
    codings();
  }

  private void multipart(String name, String between) {
    add(
        name,
        Expected.http(415),
        (d, canary) ->
            Hostile.of(
                "--x\r\nContent-Type: application/xop+xml; type=\"text/xml\"\r\nContent-ID: <r>\r\n\r\n"
                    + d.signed()
                    + between.replace("CANARY", canary.url("http"))
                    + "\r\n--x--\r\n",
                StandardCharsets.UTF_8,
                RELATED));
  }

  private void parts() {
    String part = "\r\n--x\r\nContent-ID: <a>\r\n\r\nhostile-marker";
    multipart("message as a part", "");
    multipart("message with an attachment", part);
    multipart("message with 1,000 attachments", part.repeat(1_000));
    multipart("attachment elsewhere", "\r\n--x\r\nContent-Location: CANARY\r\n\r\n");
    multipart(
        "attachment with a path for a name",
        "\r\n--x\r\nContent-Disposition: attachment; filename=\"../../etc/x\"\r\n\r\n");
    multipart("long header of a part", "\r\n--x\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");
    multipart("many headers of a part", "\r\n--x\r\n" + "X: y\r\n".repeat(20_000) + "\r\n");
    multipart("folded headers of a part", "\r\n--x\r\nX: y" + "\r\n y".repeat(20_000) + "\r\n\r\n");
    multipart("part without an end", "\r\n--x\r\nX");
    multipart("two roots", "\r\n--x\r\nContent-ID: <r>\r\n\r\n<x/>");
    add(
        "parts said to be plain",
        Expected.cause(uk.cpis.gateway.security.RefusalCause.NOT_WELL_FORMED),
        (d, canary) -> Hostile.of("--x\r\n\r\n" + d.signed() + "\r\n--x--"));
  }

  private static String include(String href) {
    return "<xop:Include" + XOP + " href=\"" + href + "\"/>";
  }

  private void inclusions() {
    only(Kind.QUERY, Kind.HISTORY);
    for (String href : List.of("cid:a", "file:///etc/passwd", "jar:file:/x!/y")) {
      made(
          "number included from " + href,
          Expected.code("CPG-701"),
          d -> d.payload(d.payload().replace("9990000018", include(href))).signed());
    }
    add(
        "number included from the canary",
        Expected.code("CPG-701"),
        (d, canary) ->
            Hostile.of(
                d.payload(d.payload().replace("9990000018", include(canary.url("http"))))
                    .signed()));
    ofAll();
    add(
        "token included from the canary",
        Expected.cause(KEY_REFERENCE),
        (d, canary) -> Hostile.of(d.token(Draft.tokenOf(include(canary.url("http")))).signed()));
    add(
        "digest included from the canary",
        Expected.cause(SIGNATURE_FORM),
        (d, canary) ->
            Hostile.of(
                d.signed()
                    .replaceFirst(
                        "<ds:DigestValue>[^<]*",
                        "<ds:DigestValue>" + include(canary.url("http")))));
    add(
        "signature included from the canary",
        Expected.cause(SIGNATURE_FORM),
        (d, canary) ->
            Hostile.of(
                d.signed()
                    .replaceFirst(
                        "(?s)<ds:SignatureValue>[^<]*",
                        "<ds:SignatureValue>" + include(canary.url("http")))));
  }

  private interface Coding {
    OutputStream over(OutputStream out) throws IOException;
  }

  private void coded(String name, String coding, Coding how, boolean bomb) {
    add(
        name,
        Expected.http(415),
        (d, canary) -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (OutputStream out = how.over(bytes)) {
            out.write(d.signed().getBytes(StandardCharsets.UTF_8));
            if (bomb) {
              byte[] noughts = new byte[1 << 20];
              for (int i = 0; i < 64; i++) {
                out.write(noughts);
              }
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Hostile.of(bytes.toByteArray(), "text/xml; charset=utf-8")
              .with("Content-Encoding", coding);
        });
  }

  private void codings() {
    coded("compressed", "gzip", GZIPOutputStream::new, false);
    coded("compressed by its old name", "x-gzip", GZIPOutputStream::new, false);
    coded("deflated", "deflate", DeflaterOutputStream::new, false);
    only(Kind.QUERY, Kind.UPDATE);
    coded("bomb", "gzip", GZIPOutputStream::new, true);
    ofAll();
    coded(
        "compressed twice",
        "gzip, gzip",
        out -> new GZIPOutputStream(new GZIPOutputStream(out)),
        false);
    for (String coding : List.of("br", "zstd", "identity", "hostile-marker", "")) {
      coded("coding '" + coding + "'", coding, out -> out, false);
    }
    add(
        "compressed without saying so",
        Expected.cause(uk.cpis.gateway.security.RefusalCause.ENCODING),
        (d, canary) -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(d.signed().getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Hostile.of(bytes.toByteArray(), "text/xml; charset=utf-8");
        });
  }
}
