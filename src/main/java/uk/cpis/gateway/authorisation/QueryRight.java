package uk.cpis.gateway.authorisation;

import java.util.Optional;
import java.util.function.Function;
import uk.cpis.gateway.domain.AccessMode;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.RejectionReason;

/** What a sender may do with a query. */
public sealed interface QueryRight {

  /** Allowed, told to the authorities or silent, in the setting that counted (rule 3). */
  record Allowed(AccessMode mode, Optional<CareSetting> setting) implements QueryRight {

    @Override
    public <T> T then(Function<Allowed, T> allowed, Function<RejectionReason, T> refused) {
      return allowed.apply(this);
    }
  }

  /** Not allowed; nothing may be read. */
  record Refused(RejectionReason reason) implements QueryRight {

    @Override
    public <T> T then(Function<Allowed, T> allowed, Function<RejectionReason, T> refused) {
      return refused.apply(reason);
    }
  }

  /** Goes the one way or the other. */
  <T> T then(Function<Allowed, T> allowed, Function<RejectionReason, T> refused);
}
