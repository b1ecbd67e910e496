package uk.cpis.gateway.security;

import javax.xml.namespace.QName;

/**
 * One operation of a contract: which body and which {@code wsa:Action} belong together, in the
 * request and in the reply.
 */
public record Operation(QName request, String action, QName reply, String replyAction) {}
