package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.RequestEvidence;
import uk.cpis.gateway.domain.SignedRequest;

class RequestPackingTest {

  @Test
  void unpacksWhatWasPackedWhateverItIs() {
    Random random = new Random(20261122);
    for (int length : new int[] {0, 1, 7, 4_095, 4_096, 4_097, 12_288, 100_000}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      SignedRequest kept = RequestPacking.of(new byte[] {1}, Optional.of(bytes));
      assertThat(RequestPacking.unpacked(kept.message().orElseThrow())).isEqualTo(bytes);
    }
  }

  @Test
  void packsWhatSignaturesHaveInCommonToNearlyNothing() {
    String common =
        "<ds:Reference URI=\"#id-7\"><ds:Transforms><ds:Transform"
            + " Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>";
    SignedRequest kept =
        RequestPacking.of(common.getBytes(StandardCharsets.US_ASCII), Optional.empty());

    assertThat(kept.signature().orElseThrow().length).isLessThan(20);
    assertThat(kept).hasToString("SignedRequest[" + kept.digest() + "]");
  }

  @Test
  void keepsTheDigestOnlyOfASignatureBeyondAllMeasure() {
    byte[] huge = new byte[40_000];
    new Random(1).nextBytes(huge);

    assertThat(RequestPacking.of(huge, Optional.empty()).signature()).isEmpty();
  }

  @Test
  void whatIsKeptOfAQueryTakesHalfAKilobyteAndIsWhatWasSigned() {
    Verification verification =
        Messages.verifier(Messages.NOW)
            .keeping(RequestEvidence.SIGNATURE)
            .verify(Messages.bytes(Messages.signed()), Optional.empty(), Messages.expected());
    SignedRequest kept = ((Verification.Verified) verification).request().orElseThrow();
    byte[] packed = kept.signature().orElseThrow();

    assertThat(packed.length).isLessThan(800);
    assertThat(new String(RequestPacking.unpacked(packed), StandardCharsets.UTF_8))
        .startsWith("<")
        .contains("SignedInfo>\n")
        .endsWith("=\n");
    assertThat(kept.message()).isEmpty();
  }
}
