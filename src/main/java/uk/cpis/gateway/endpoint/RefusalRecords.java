package uk.cpis.gateway.endpoint;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.RefusalNote;

/**
 * Where refusals are written down besides the log. None of them may wait long.
 *
 * @param audit of identified senders, before a service saw the message
 * @param noted each refusal whose caller was told a reference
 * @param counted each other one, by the connection's certificate where one was believed
 */
public record RefusalRecords(
    RefusalAudit audit,
    Consumer<RefusalNote> noted,
    BiConsumer<Optional<CertificateFingerprint>, String> counted) {}
