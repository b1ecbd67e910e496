package uk.cpis.gateway.operations;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.delivery.SendAgain;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.DeadLetterCount;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationStanding;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.StandingAlert;

/**
 * What operations may ask of delivery and have it do.
 *
 * @param retryNow tries what waits for an authority at once, in the name of this operator; false
 *     when there is no such authority
 * @param notification in which state one is
 * @param alerts what the operator was told that is not over
 */
public record Deliveries(
    Supplier<List<LaneStatus>> lanes,
    BiPredicate<OdsCode, Operator> retryNow,
    Function<NotificationId, Optional<NotificationStanding>> notification,
    Letters letters,
    Supplier<List<StandingAlert>> alerts) {

  /**
   * What operations may ask of dead letters and have done with them, in an operator's name.
   *
   * @param counts how many there are, by authority and reason
   * @param of the oldest of an authority
   * @param sendAgain takes one up again under the same id
   * @param sendManyAgain has many taken up again, one after the other; how many they are
   */
  public record Letters(
      Supplier<List<DeadLetterCount>> counts,
      Function<OdsCode, List<DeadLetter>> of,
      Function<NotificationId, Optional<DeadLetter>> find,
      BiFunction<NotificationId, Operator, SendAgain> sendAgain,
      SendMany sendManyAgain) {}

  /** Has all dead letters sent again, those of one authority, for one reason, or both. */
  @FunctionalInterface
  public interface SendMany {
    long of(Optional<OdsCode> authority, Optional<DeadLetterReason> reason, Operator operator);
  }
}
