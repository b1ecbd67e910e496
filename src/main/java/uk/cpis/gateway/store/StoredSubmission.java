package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.UUID;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionReference;

/**
 * A submission that had its final outcome. Whether it took its sequence number: one refused as a
 * whole leaves the number free.
 */
public record StoredSubmission(
    UUID id,
    OdsCode authority,
    Asid sender,
    Submission.Kind kind,
    SubmissionReference reference,
    ContentDigest digest,
    boolean numberTaken,
    Instant at,
    Acknowledgement acknowledgement) {}
