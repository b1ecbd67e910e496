package uk.cpis.gateway.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Beginnings of TLS that must lead nowhere. */
final class Handshakes {

  private static final int TLS_12 = 0x0303;
  private static final int[] STRONG = {0xC02F, 0xC030, 0xC02B, 0xC02C};

  private Handshakes() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("SSL 3.0", hello(0x0300, STRONG));
    all.put("TLS 1.0", hello(0x0301, 0xC013, 0xC014, 0x002F));
    all.put("TLS 1.1", hello(0x0302, 0xC013, 0xC014, 0x002F));
    all.put("RSA without forward secrecy", hello(TLS_12, 0x009C, 0x009D));
    all.put("CBC", hello(TLS_12, 0xC013, 0xC014, 0xC027, 0xC028));
    all.put("3DES", hello(TLS_12, 0x000A, 0xC012));
    all.put("RC4", hello(TLS_12, 0x0004, 0x0005, 0xC011));
    all.put("no encryption", hello(TLS_12, 0x0001, 0x0002, 0x003B, 0xC010));
    all.put("nobody's key", hello(TLS_12, 0x0018, 0x0034, 0xC018, 0x00A6));
    all.put("export", hello(TLS_12, 0x0003, 0x0006, 0x0008));
    all.put("plain DH", hello(TLS_12, 0x009E, 0x009F));
    all.put("no suites", hello(TLS_12));
    all.put("fallback", hello(0x0302, 0x5600, 0xC013));
    all.put(
        "SSL 2.0", new byte[] {(byte) 0x80, 0x1C, 1, 0, 2, 0, 3, 0, 0, 0, 16, 7, 0, (byte) 0xC0});
    all.put(
        "plain HTTP", "GET /query HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    all.put("heartbeat", new byte[] {0x18, 3, 3, 0, 3, 1, 0x40, 0});
    all.put("alert", new byte[] {0x15, 3, 3, 0, 2, 2, 40});
    all.put("application data first", new byte[] {0x17, 3, 3, 0, 4, 1, 2, 3, 4});
    all.put("change of ciphers first", new byte[] {0x14, 3, 3, 0, 1, 1});
    all.put("record too long", new byte[] {0x16, 3, 3, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, 1, 0});
    all.put(
        "hello of sixteen megabytes",
        new byte[] {0x16, 3, 3, 0, 5, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0});
    all.put("empty records", new byte[] {0x16, 3, 3, 0, 0, 0x16, 3, 3, 0, 0, 0x15, 3, 3, 0, 0});
    all.put("server's hello", record(TLS_12, new byte[] {2, 0, 0, 2, 3, 3}));
    all.put(
        "bytes of no meaning",
        "hostile-marker\u0000\u0001\u0002".getBytes(StandardCharsets.US_ASCII));
    return all;
  }

  /** A ClientHello of this version with these suites. */
  private static byte[] hello(int version, int... suites) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(two(version));
    body.writeBytes(new byte[32]);
    body.write(0);
    body.writeBytes(two(2 * suites.length));
    for (int suite : suites) {
      body.writeBytes(two(suite));
    }
    body.writeBytes(new byte[] {1, 0});
    byte[] extensions = {
      0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 6, 0, 4, 4, 1, 4, 3
    };
    body.writeBytes(two(extensions.length));
    body.writeBytes(extensions);
    ByteBuffer message = ByteBuffer.allocate(4 + body.size());
    message.putInt(1 << 24 | body.size()).put(body.toByteArray());
    return record(version, message.array());
  }

  private static byte[] record(int version, byte[] content) {
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) 0x16)
        .putShort((short) (version == 0x0300 ? version : 0x0301))
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private static byte[] two(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }
}
