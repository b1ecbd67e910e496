package uk.cpis.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.submission.HoldingsResponse;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Holding;
import uk.cpis.gateway.domain.HoldingsOutcome;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;

class HoldingsWireTest {

  private static final MessageId MESSAGE = new MessageId(new UUID(1, 2));
  private static final PlanKey KEY =
      new PlanKey(new OdsCode("TWH"), new NhsNumber("9990000018"), PlanType.UNBORN);
  private static final PageTokens TOKENS = new PageTokens(secret(1));
  private static final Parties ANSWERING =
      new Parties(new Asid("200000000001"), new Asid("200000000002"));

  @Test
  void turnsThePageWithTheTokenItGave() {
    HoldingsResponse first =
        HoldingsWire.write(read(request(Optional.empty())), page(), ANSWERING, TOKENS);

    assertThat(read(request(Optional.of(first.getNextPageToken()))).after()).contains(KEY);
  }

  @Test
  void refusesATokenItDidNotGive() {
    for (String token : List.of("not-a-token", "VFdIL05PTkUvQ1BQ", "~")) {
      assertThat(HoldingsWire.read(request(Optional.of(token)), MESSAGE, TOKENS))
          .isEqualTo(new Reading.Refused<>(RejectionReason.PAGE_TOKEN_NOT_VALID));
    }
  }

  @Test
  void givesTheSameRecordTheSameTokenAfterEachStart() {
    assertThat(new PageTokens(secret(1)).write(KEY)).isEqualTo(TOKENS.write(KEY));
  }

  @Test
  void showsNoNumberInAToken() {
    String token = TOKENS.write(KEY);

    assertThat(token).matches("[A-Za-z0-9._~-]{1,200}");
    assertThat(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1))
        .doesNotContain(KEY.person().digits());
  }

  @Test
  void takesNoTokenThatSomebodyElseMadeOrAltered() {
    byte[] token = Base64.getUrlDecoder().decode(TOKENS.write(KEY));

    assertThat(TOKENS.read(new PageTokens(secret(2)).write(KEY), KEY.authority())).isEmpty();
    for (int i = 0; i < token.length; i++) {
      byte[] altered = token.clone();
      altered[i] ^= 1;
      assertThat(TOKENS.read(encoded(altered), KEY.authority())).isEmpty();
      assertThat(TOKENS.read(encoded(Arrays.copyOf(token, i)), KEY.authority())).isEmpty();
    }
  }

  @Test
  void turnsNoPageOfAnotherAuthority() {
    assertThat(TOKENS.read(TOKENS.write(KEY), new OdsCode("HCK"))).isEmpty();
  }

  private static String encoded(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private static byte[] secret(int each) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) each);
    return secret;
  }

  @Test
  void writesAPageThatTheSchemaTakes() {
    HoldingsResponse page =
        HoldingsWire.write(read(request(Optional.empty())), page(), ANSWERING, TOKENS);

    assertThat(page.getHolding().get(0).isShownInAnswers()).isFalse();
    assertThat(Contract.xml(page, "submission.xsd")).contains("UCP", "2024-02-29", "ended");
  }

  private static uk.cpis.gateway.domain.HoldingsRequest read(HoldingsRequest request) {
    assertThat(HoldingsWire.read(request, MESSAGE, TOKENS)).isInstanceOf(Reading.Read.class);
    return ((Reading.Read<uk.cpis.gateway.domain.HoldingsRequest>)
            HoldingsWire.read(request, MESSAGE, TOKENS))
        .value();
  }

  private static HoldingsRequest request(Optional<String> token) {
    HoldingsRequest request = new HoldingsRequest();
    request.setLocalAuthorityCode("TWH");
    request.setPageSize(1);
    token.ifPresent(request::setPageToken);
    return request;
  }

  private static HoldingsOutcome.Page page() {
    Plan plan =
        new Plan(
            KEY,
            new PlanPeriod(LocalDate.of(2023, 1, 5), Optional.of(LocalDate.of(2024, 2, 29))),
            new Subject("ŵ-Synthetic", "Siân", LocalDate.of(1998, 4, 1)),
            Optional.of("MOTHER-1"),
            new SubmissionReference(MESSAGE, 4));
    return new HoldingsOutcome.Page(
        Instant.parse("2026-11-21T09:30:00Z"),
        Optional.of(4L),
        2,
        List.of(new Holding(plan, false)),
        Optional.of(KEY));
  }
}
