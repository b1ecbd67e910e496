package uk.cpis.gateway;

import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import uk.cpis.gateway.domain.HistoryOutcome;
import uk.cpis.gateway.domain.HoldingsOutcome;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.endpoint.Services;

/**
 * Turns away, to be sent again, what would write to a disk that is nearly full: before anything is
 * begun, so nothing is half done. What collects and settles goes on in the room that is kept for
 * it, because it lets the store forget.
 */
final class WhileThereIsRoom {

  private final BooleanSupplier low;

  WhileThereIsRoom(BooleanSupplier low) {
    this.low = low;
  }

  Services of(Services services) {
    return new Services(
        guarded(services.queries(), QueryOutcome.Refused::new),
        guarded(services.submissions(), SubmissionOutcome.Refused::new),
        guarded(services.holdings(), HoldingsOutcome.Refused::new),
        guarded(services.histories(), HistoryOutcome.Refused::new),
        services.collections(),
        services.acknowledgements());
  }

  private <M, O> BiFunction<M, Sender, O> guarded(
      BiFunction<M, Sender, O> service, Function<RejectionReason, ? extends O> refused) {
    return (message, sender) ->
        low.getAsBoolean()
            ? refused.apply(RejectionReason.STORE_FULL)
            : service.apply(message, sender);
  }
}
