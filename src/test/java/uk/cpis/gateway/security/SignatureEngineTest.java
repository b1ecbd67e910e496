package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.cpis.gateway.pki.KeyMaterial;

/** The native engine beside the JVM's own: each takes what the other signs, and refuses alike. */
class SignatureEngineTest {

  private static final SignatureEngine NATIVE = SignatureEngine.fastest();
  private static final SignatureEngine JVM = SignatureEngine.ofTheJvm();
  private static final Pattern VALUE =
      Pattern.compile("(<ds:SignatureValue[^>]*>)([^<]*)(</ds:SignatureValue>)");

  @BeforeEach
  void thisMachineLoadsNativeCode() {
    assumeTrue(NATIVE.provider() != null, "native code cannot be loaded here");
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Messages.rsa(), Messages.ec())
        .flatMap(
            key ->
                Stream.of(
                    Arguments.of(key, NATIVE, JVM),
                    Arguments.of(key, JVM, NATIVE),
                    Arguments.of(key, NATIVE, NATIVE)));
  }

  static Stream<KeyMaterial> keys() {
    return Stream.of(Messages.rsa(), Messages.ec());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneSignsTheOtherTakes(
      KeyMaterial key, SignatureEngine signing, SignatureEngine checking) {
    assertThat(verify(signed(key, signing), checking)).isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void bothRefuseAValueWithAnyByteChanged(KeyMaterial key) {
    String good = signed(key, JVM);
    byte[] value = value(good);
    IntStream.range(0, value.length)
        .forEach(
            i -> {
              byte[] changed = value.clone();
              changed[i] ^= 1;
              bothRefuse(with(good, changed));
            });
  }

  @ParameterizedTest
  @MethodSource("keys")
  void bothRefuseValuesThatAreNoSignatures(KeyMaterial key) {
    String good = signed(key, JVM);
    byte[] value = value(good);
    byte[] ones = new byte[value.length];
    Arrays.fill(ones, (byte) 0xff);
    List.of(
            new byte[0],
            new byte[1],
            new byte[value.length],
            ones,
            Arrays.copyOf(value, value.length - 1),
            Arrays.copyOf(value, value.length + 1),
            Arrays.copyOf(value, 2 * value.length))
        .forEach(wrong -> bothRefuse(with(good, wrong)));
  }

  @Test
  void bothRefuseTheValueOfAnotherMessage() {
    String good = signed(Messages.rsa(), JVM);
    String other = signed(Messages.clinical("nhs111-signing"), JVM);
    bothRefuse(with(good, value(other)));
  }

  private static void bothRefuse(String message) {
    assertThat(refusal(message, NATIVE))
        .isEqualTo(refusal(message, JVM))
        .isEqualTo(RefusalCause.SIGNATURE_VALUE);
  }

  private static RefusalCause refusal(String message, SignatureEngine engine) {
    Verification verification = verify(message, engine);
    assertThat(verification).isInstanceOf(Verification.Refused.class);
    return ((Verification.Refused) verification).refusal().cause();
  }

  private static String signed(KeyMaterial key, SignatureEngine engine) {
    return Messages.text(
        new MessageSigner(Messages.CLOCK, Messages.LIFE, engine)
            .sign(Messages.ask(), Messages.headers(AddressingVersion.V2005_08), key));
  }

  private static Verification verify(String message, SignatureEngine engine) {
    return Messages.verifier(engine)
        .verify(Messages.bytes(message), Optional.empty(), Messages.expected());
  }

  private static byte[] value(String message) {
    Matcher found = VALUE.matcher(message);
    assertThat(found.find()).isTrue();
    return Base64.getDecoder().decode(found.group(2));
  }

  private static String with(String message, byte[] value) {
    return VALUE
        .matcher(message)
        .replaceFirst("$1" + Base64.getEncoder().encodeToString(value) + "$3");
  }
}
