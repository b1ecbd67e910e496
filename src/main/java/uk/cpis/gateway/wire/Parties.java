package uk.cpis.gateway.wire;

import uk.cpis.gateway.contract.types.SystemsType;
import uk.cpis.gateway.domain.Asid;

/** The two systems a message passes between, as it claims. */
public record Parties(Asid sender, Asid receiver) {

  /** The parties that a schema-valid message names. */
  public static Parties read(SystemsType systems) {
    return new Parties(new Asid(systems.getSenderAsid()), new Asid(systems.getReceiverAsid()));
  }

  /** The same two, the other way round: those of the answer. */
  public Parties answering() {
    return new Parties(receiver, sender);
  }

  SystemsType write() {
    SystemsType systems = new SystemsType();
    systems.setSenderAsid(sender.digits());
    systems.setReceiverAsid(receiver.digits());
    return systems;
  }
}
