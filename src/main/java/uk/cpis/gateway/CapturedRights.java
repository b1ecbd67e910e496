package uk.cpis.gateway;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Element;
import uk.cpis.gateway.authorisation.AuthorityRights;
import uk.cpis.gateway.authorisation.QueryRights;
import uk.cpis.gateway.contract.mailbox.AcknowledgeRequest;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.submission.AccessHistoryRequest;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.submission.PlanDeleteRequest;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.wire.QueryWire;
import uk.cpis.gateway.wire.Reading;

/** Whether a system may do what a schema-valid body asks; decided by the trade's own rules. */
final class CapturedRights {

  private static final MessageId NO_MESSAGE = new MessageId(new UUID(0, 0));
  private static final ContentDigest NO_CONTENT = new ContentDigest("0".repeat(64));

  private CapturedRights() {}

  /** The ASID that a schema-valid body claims to be sent by. */
  static String claimedAsid(Element payload) {
    return payload.getElementsByTagNameNS("*", "senderAsid").item(0).getTextContent();
  }

  /** Why the system may not; empty when it may. */
  static Optional<RejectionReason> refusal(Element payload, AccreditedSystem system) {
    Object body = read(payload);
    if (body instanceof PlanQueryRequest query) {
      return ofQuery(query, system);
    } else if (body instanceof PlanUpdateRequest update) {
      return of(system, Interaction.UPDATE, update.getLocalAuthority().getCode());
    } else if (body instanceof PlanDeleteRequest deletion) {
      return of(system, Interaction.DELETE, deletion.getLocalAuthorityCode());
    } else if (body instanceof HoldingsRequest holdings) {
      return of(system, Interaction.HOLDINGS, holdings.getLocalAuthorityCode());
    } else if (body instanceof AccessHistoryRequest history) {
      return of(system, Interaction.ACCESS_HISTORY, history.getLocalAuthorityCode());
    } else if (body instanceof CollectRequest collect) {
      return of(system, Interaction.COLLECT, collect.getLocalAuthorityCode());
    } else if (body instanceof AcknowledgeRequest acknowledge) {
      return of(system, Interaction.ACKNOWLEDGE, acknowledge.getLocalAuthorityCode());
    }
    return Optional.of(RejectionReason.INTERACTION_NOT_ALLOWED);
  }

  private static Object read(Element payload) {
    try {
      return JAXBContext.newInstance(
              PlanQueryRequest.class,
              PlanUpdateRequest.class,
              PlanDeleteRequest.class,
              HoldingsRequest.class,
              AccessHistoryRequest.class,
              CollectRequest.class,
              AcknowledgeRequest.class)
          .createUnmarshaller()
          .unmarshal(payload);
    } catch (JAXBException e) {
      throw new IllegalStateException("a body that conforms to the schema cannot be read", e);
    }
  }

  private static Optional<RejectionReason> of(
      AccreditedSystem system, Interaction interaction, String authority) {
    return AuthorityRights.of(system, interaction, new OdsCode(authority))
        .then(allowed -> Optional.empty(), Optional::of);
  }

  private static Optional<RejectionReason> ofQuery(
      PlanQueryRequest request, AccreditedSystem system) {
    Reading<PlanQuery> reading = QueryWire.read(request, NO_MESSAGE, NO_CONTENT);
    if (reading instanceof Reading.Refused<PlanQuery> refused) {
      return Optional.of(refused.reason());
    }
    return QueryRights.of(system, ((Reading.Read<PlanQuery>) reading).value())
        .then(allowed -> Optional.empty(), Optional::of);
  }
}
