package uk.cpis.gateway.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.testing.TestSystem;

/** A system's way to the gateway, which gives every ending as a value. */
public sealed interface Line extends AutoCloseable permits PartnerLine, QuickLine {

  /** Who sends. */
  TestSystem system();

  /** Sends this body under this id. */
  Reply send(Interaction interaction, MessageId id, Object body);

  @Override
  void close();

  /** How a message ended. */
  sealed interface Reply {}

  /** A signed answer. */
  record Answered(Document envelope, ContractXml contract) implements Reply {

    /** It, of this class of the contract. */
    public <T> T as(Class<T> type) {
      return contract.read(envelope, type).orElseThrow();
    }
  }

  /** A signed fault. */
  record Faulted(List<String> codes) implements Reply {

    /** Codes of faults after which the same message may be sent again. */
    private static final Set<String> PASSING = Set.of("200", "208");

    static Faulted of(Document fault) {
      NodeList codes = fault.getElementsByTagNameNS("*", "code");
      List<String> found = new ArrayList<>();
      for (int i = 0; i < codes.getLength(); i++) {
        found.add(codes.item(i).getTextContent().strip());
      }
      return new Faulted(found);
    }

    /** Whether the gateway itself failed, so that it may have been done or not. */
    public boolean passing() {
      return codes.stream().anyMatch(PASSING::contains);
    }
  }

  /** An HTTP status and nothing else. */
  record Status(int status) implements Reply {}

  /** No answer that could be believed. */
  record Lost(String why) implements Reply {}
}
