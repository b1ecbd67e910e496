package uk.cpis.gateway.outbound;

import java.io.IOException;
import uk.cpis.gateway.security.Refusal;
import uk.cpis.gateway.security.Verification;

/** How a signed call ended. Only the first means that the other side's own words were heard. */
public sealed interface CallEnding {

  /** An answer or a fault, verified; with the bytes as they passed on the wire. */
  record Verified(Verification.Verified message, byte[] request, byte[] reply)
      implements CallEnding {}

  /** What came back claims to be SOAP and did not stand the verification. */
  record Unverified(Refusal refusal, byte[] reply) implements CallEnding {}

  /** The other side answered with an HTTP status and no SOAP. */
  record NoSoap(int status) implements CallEnding {}

  /** No whole answer came back. */
  record Broken(IOException cause) implements CallEnding {}
}
