package uk.cpis.gateway.security;

import java.util.UUID;

/**
 * A request that was refused, as the operator is told of it.
 *
 * @param lookupId what the caller is told, so that the operator can find this refusal
 * @param peer who sent it, by its connection
 */
public record RefusedMessage(UUID lookupId, Refusal refusal, TransportPeer peer) {}
