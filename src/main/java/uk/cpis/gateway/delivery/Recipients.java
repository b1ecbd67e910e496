package uk.cpis.gateway.delivery;

import java.util.function.Function;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.OdsCode;

/**
 * How authorities are reached.
 *
 * @param pushed whether an authority's notifications are sent to it; those of the others wait in
 *     the store until they are collected
 * @param call one attempt to deliver; how it ends is a value, also when the authority's system does
 *     not work
 */
public record Recipients(Predicate<OdsCode> pushed, Function<Notification, DeliveryOutcome> call) {}
