package uk.cpis.gateway.authorisation;

import java.util.function.Function;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RejectionReason;

/** What a sender may do as a local authority's system. */
public sealed interface AuthorityRight {

  /** Allowed, for this authority's own records only (rule 10). */
  record Allowed(OdsCode authority) implements AuthorityRight {

    @Override
    public <T> T then(Function<OdsCode, T> allowed, Function<RejectionReason, T> refused) {
      return allowed.apply(authority);
    }
  }

  /** Not allowed; nothing may be read or changed. */
  record Refused(RejectionReason reason) implements AuthorityRight {

    @Override
    public <T> T then(Function<OdsCode, T> allowed, Function<RejectionReason, T> refused) {
      return refused.apply(reason);
    }
  }

  /** Goes the one way or the other. */
  <T> T then(Function<OdsCode, T> allowed, Function<RejectionReason, T> refused);
}
