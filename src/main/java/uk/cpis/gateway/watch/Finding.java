package uk.cpis.gateway.watch;

import uk.cpis.gateway.domain.AlertKind;

/** Something that is as it should not be; what is told of it beside its subject, key by key. */
record Finding(AlertKind kind, String subject, String detail) {}
