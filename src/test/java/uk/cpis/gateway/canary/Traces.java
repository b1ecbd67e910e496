package uk.cpis.gateway.canary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Searches bytes for texts in every form in which programs write them down: in four encodings, in
 * either case, as base64, as hexadecimal digits and in addresses; a number in binary too, and what
 * stands for it as well as itself, its digest.
 */
final class Traces {

  private static final List<Charset> ENCODINGS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.ISO_8859_1,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE);

  private static final List<String> DIGESTS = List.of("MD5", "SHA-1", "SHA-256");

  private static final int BASE64_BITS = 6;

  private final Map<Integer, List<Pattern>> byBeginning = new HashMap<>();
  private final BitSet beginnings = new BitSet(1 << 16);

  private record Pattern(String what, byte[] bytes) {}

  /** For these texts, and this number, which is one of them. */
  Traces(List<String> texts, String number) {
    texts.forEach(this::text);
    long value = Long.parseLong(number);
    add(number + " in binary", ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    add(
        number + " in binary, turned",
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    DIGESTS.forEach(digest -> digest(digest, number));
  }

  private void text(String text) {
    for (String spelt :
        new TreeSet<>(
            List.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT)))) {
      for (Charset encoding : ENCODINGS) {
        byte[] bytes = spelt.getBytes(encoding);
        add(spelt + " in " + encoding, bytes);
        base64(spelt + " in " + encoding, bytes);
      }
      byte[] bytes = spelt.getBytes(StandardCharsets.UTF_8);
      hexadecimal(spelt, bytes);
      add(
          spelt + " in an address",
          ascii(java.net.URLEncoder.encode(spelt, StandardCharsets.UTF_8)));
    }
  }

  /** Base64 looks otherwise by where in three bytes a text begins; its ends depend on others. */
  private void base64(String what, byte[] bytes) {
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String encoded = java.util.Base64.getEncoder().encodeToString(shifted);
      int from = (before * Byte.SIZE + BASE64_BITS - 1) / BASE64_BITS;
      int to = shifted.length * Byte.SIZE / BASE64_BITS;
      add(what + " in base64", ascii(encoded.substring(from, to)));
    }
  }

  private void hexadecimal(String what, byte[] bytes) {
    add(what + " in hexadecimal", ascii(HexFormat.of().formatHex(bytes)));
    add(what + " in hexadecimal", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
  }

  private void digest(String algorithm, String number) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(ascii(number));
      String what = algorithm + " of " + number;
      add(what, digest);
      base64(what, digest);
      hexadecimal(what, digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void add(String what, byte[] bytes) {
    int beginning = beginning(bytes, 0);
    beginnings.set(beginning);
    byBeginning.computeIfAbsent(beginning, any -> new ArrayList<>()).add(new Pattern(what, bytes));
  }

  private static int beginning(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << Byte.SIZE | bytes[at + 1] & 0xff;
  }

  /** What of it is in these bytes, in words. */
  Set<String> in(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    for (int at = 0; at < bytes.length - 1; at++) {
      int beginning = beginning(bytes, at);
      if (beginnings.get(beginning)) {
        for (Pattern pattern : byBeginning.get(beginning)) {
          if (stands(pattern.bytes(), bytes, at)) {
            found.add(pattern.what());
          }
        }
      }
    }
    return found;
  }

  private static boolean stands(byte[] pattern, byte[] bytes, int at) {
    return pattern.length <= bytes.length - at
        && java.util.Arrays.equals(pattern, 0, pattern.length, bytes, at, at + pattern.length);
  }

  /** What is found below this folder, a line a file; names of files count too. */
  List<String> below(Path folder, Predicate<Path> wanted) throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(Files::isRegularFile).filter(wanted).sorted().toList();
    }
    for (Path file : files) {
      Set<String> traces = in(Files.readAllBytes(file));
      traces.addAll(in(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8)));
      if (!traces.isEmpty()) {
        found.add(folder.relativize(file) + ": " + traces);
      }
    }
    return found;
  }
}
