package uk.cpis.gateway.endpoint;

import jakarta.jws.WebService;
import java.util.function.BiFunction;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.query.QueryPort;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.wire.QueryWire;

/** The query of clinical systems. Shared between request threads. */
@WebService(
    endpointInterface = "uk.cpis.gateway.contract.query.QueryPort",
    targetNamespace = "urn:nhs-cpis:gateway:query:v1",
    serviceName = "QueryService",
    portName = "QueryPort")
final class QueryDoorway implements QueryPort {

  private final Reception reception;
  private final BiFunction<PlanQuery, Sender, QueryOutcome> queries;

  QueryDoorway(Reception reception, Services services) {
    this.reception = reception;
    this.queries = services.queries();
  }

  @Override
  public PlanQueryResponse planQuery(PlanQueryRequest request) {
    Visit visit = reception.receive(request.getSystems());
    PlanQuery query = visit.read(QueryWire.read(request, visit.messageId(), visit.content()));
    QueryOutcome outcome = queries.apply(query, visit.sender());
    return QueryWire.write(query, answered(outcome, query), visit.answering());
  }

  private static QueryOutcome.Answered answered(QueryOutcome outcome, PlanQuery query) {
    if (outcome instanceof QueryOutcome.Refused refused) {
      throw new Rejected(
          refused.reason(),
          "organisation %s, activity %s, setting %s"
              .formatted(
                  query.author().organisation().code(),
                  query.activityCode(),
                  query.setting().map(Enum::name).orElse("not stated")));
    }
    return (QueryOutcome.Answered) outcome;
  }
}
