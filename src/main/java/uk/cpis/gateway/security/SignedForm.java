package uk.cpis.gateway.security;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import uk.cpis.gateway.domain.RequestEvidence;
import uk.cpis.gateway.domain.SignedRequest;

/** What was signed, in the bytes that were signed, and the value that was verified over them. */
record SignedForm(byte[] signedInfo, byte[] value) {

  /** As evidence of who sent this message. */
  SignedRequest evidence(byte[] message, RequestEvidence keep) {
    ByteArrayOutputStream form = new ByteArrayOutputStream(signedInfo.length + 512);
    form.writeBytes(signedInfo);
    form.write('\n');
    form.writeBytes(Base64.getEncoder().encode(value));
    form.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
    return RequestPacking.of(
        form.toByteArray(),
        keep == RequestEvidence.MESSAGE ? Optional.of(message) : Optional.empty());
  }
}
