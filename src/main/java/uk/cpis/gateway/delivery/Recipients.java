package uk.cpis.gateway.delivery;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.OdsCode;

/**
 * How authorities are reached.
 *
 * @param pushed whether an authority's notifications are to be sent to it; those of the others wait
 *     in the store until they are collected. Others may be named while it runs
 * @param inForce told of everybody at the start, and when that is other than it was: true before
 *     anything is sent to an authority that collected, false after the last was sent to one that
 *     collects from now on
 * @param call one attempt to deliver; how it ends is a value, also when the authority's system does
 *     not work
 */
public record Recipients(
    Predicate<OdsCode> pushed,
    BiConsumer<OdsCode, Boolean> inForce,
    Function<Notification, DeliveryOutcome> call) {

  /** Those of whom nobody else needs to know when they change. */
  public Recipients(Predicate<OdsCode> pushed, Function<Notification, DeliveryOutcome> call) {
    this(pushed, (authority, delivered) -> {}, call);
  }
}
