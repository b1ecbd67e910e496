package uk.cpis.gateway.operations;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.delivery.SendAgain;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * What operations may ask of delivery and have it do.
 *
 * @param retryNow tries what waits for an authority at once
 * @param deadLetters the oldest dead letters of an authority
 * @param sendAgain takes a dead letter up again under the same id
 */
public record Deliveries(
    Supplier<List<LaneStatus>> lanes,
    Consumer<OdsCode> retryNow,
    Function<OdsCode, List<DeadLetter>> deadLetters,
    Function<NotificationId, SendAgain> sendAgain) {}
