package uk.cpis.gateway.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message that was sent, once more: as it was, and in other clothes. */
final class Replays {

  private Replays() {}

  static List<Hostile> of(Draft draft, String signed) {
    List<Hostile> all = new ArrayList<>();
    all.add(Hostile.of(signed));
    all.add(Hostile.of(Attacks.inHeader(signed, "<x:w xmlns:x=\"urn:x\"/>")));
    all.add(Hostile.of(signed.replace("<soap:Header>", "<soap:Header>\r\n  <!-- again -->")));
    all.add(Hostile.of(signed.replace("<soap:Envelope ", "<soap:Envelope xmlns:again=\"urn:x\" ")));
    all.add(Hostile.of("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + signed + "\n"));
    all.add(Hostile.of(signed, StandardCharsets.UTF_16, "text/xml; charset=utf-16"));
    all.add(Hostile.of(draft.signed()));
    all.add(Hostile.of(otherSpelling(draft).signed()));
    all.add(Hostile.of(draft.payload(draft.kind().forged(draft.payload())).signed()));
    return all;
  }

  /** The same id, its letters being capitals. */
  private static Draft otherSpelling(Draft draft) {
    String urn = draft.message().id().urn();
    String capitals = "urn:uuid:" + urn.substring(9).toUpperCase(java.util.Locale.ROOT);
    return draft.addressing(draft.addressing().replace(urn, capitals));
  }
}
