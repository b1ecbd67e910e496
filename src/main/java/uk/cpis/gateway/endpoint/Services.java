package uk.cpis.gateway.endpoint;

import java.util.function.BiFunction;
import uk.cpis.gateway.domain.AcknowledgeOutcome;
import uk.cpis.gateway.domain.AcknowledgeRequest;
import uk.cpis.gateway.domain.CollectOutcome;
import uk.cpis.gateway.domain.CollectRequest;
import uk.cpis.gateway.domain.HistoryOutcome;
import uk.cpis.gateway.domain.HistoryRequest;
import uk.cpis.gateway.domain.HoldingsOutcome;
import uk.cpis.gateway.domain.HoldingsRequest;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionOutcome;

/** What stands behind the doorways: one function for each thing a sender may ask. */
public record Services(
    BiFunction<PlanQuery, Sender, QueryOutcome> queries,
    BiFunction<Submission, Sender, SubmissionOutcome> submissions,
    BiFunction<HoldingsRequest, Sender, HoldingsOutcome> holdings,
    BiFunction<HistoryRequest, Sender, HistoryOutcome> histories,
    BiFunction<CollectRequest, Sender, CollectOutcome> collections,
    BiFunction<AcknowledgeRequest, Sender, AcknowledgeOutcome> acknowledgements) {}
