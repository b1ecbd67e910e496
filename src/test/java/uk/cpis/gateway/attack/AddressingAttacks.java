package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.ADDRESSING;
import static uk.cpis.gateway.security.RefusalCause.MESSAGE_ID;
import static uk.cpis.gateway.security.RefusalCause.REPLY_ADDRESS;
import static uk.cpis.gateway.security.RefusalCause.WRONG_ADDRESS;

import java.util.List;
import java.util.function.UnaryOperator;

/** Answers sent elsewhere, messages for somebody else, ids that are none. */
final class AddressingAttacks extends Attacks {

  AddressingAttacks() {
    super("ws-addressing");
    replies();
    oddReplies();
    ids();
    receivers();
    versions();
  }

  private void replies() {
    for (String name : List.of("ReplyTo", "FaultTo")) {
      for (String scheme : List.of("http", "https", "ftp", "ldap", "rmi", "jms", "soap.tcp")) {
        add(
            name + " by " + scheme,
            Expected.cause(REPLY_ADDRESS),
            (d, canary) ->
                Hostile.of(d.pen().sign(inHeader(d.unsigned(), reply(name, canary.url(scheme))))));
        if (scheme.equals("http")) {
          add(
              name + " by " + scheme + ", not signed",
              Expected.cause(REPLY_ADDRESS),
              (d, canary) -> Hostile.of(inHeader(d.signed(), reply(name, canary.url(scheme)))));
        }
      }
      for (String address :
          List.of(
              "file:///tmp/hostile-marker",
              "mailto:x@example.org",
              "jms:queue:hostile-marker",
              "http://169.254.169.254/latest/meta-data/",
              Names.WSA + "/none",
              Names.WSA + "/anonymous/x",
              Names.WSA + "/Anonymous",
              "urn:uuid:0",
              "")) {
        signed(
            name + " '" + address + "'", REPLY_ADDRESS, xml -> inHeader(xml, reply(name, address)));
      }
    }
  }

  private static String reply(String name, String address) {
    return "<wsa:" + name + "><wsa:Address>" + address + "</wsa:Address></wsa:" + name + ">";
  }

  private void oddReplies() {
    String here = Names.WSA + "/anonymous";
    signed("reply without an address", REPLY_ADDRESS, xml -> inHeader(xml, "<wsa:ReplyTo/>"));
    signed(
        "reply with text for an address",
        REPLY_ADDRESS,
        xml -> inHeader(xml, "<wsa:ReplyTo>" + here + "</wsa:ReplyTo>"));
    signed(
        "two reply addresses",
        REPLY_ADDRESS,
        xml -> inHeader(xml, reply("ReplyTo", here).repeat(2)));
    signed(
        "two addresses in one reply",
        REPLY_ADDRESS,
        xml ->
            inHeader(
                xml,
                "<wsa:ReplyTo>"
                    + ("<wsa:Address>" + here + "</wsa:Address>").repeat(2)
                    + "</wsa:ReplyTo>"));
    signed(
        "address of another namespace",
        REPLY_ADDRESS,
        xml -> inHeader(xml, "<wsa:ReplyTo><Address>" + here + "</Address></wsa:ReplyTo>"));
    signed(
        "here in words of another version",
        REPLY_ADDRESS,
        xml -> inHeader(xml, reply("ReplyTo", Names.WSA_2004 + "/role/anonymous")));
    add(
        "sender said to be the canary",
        Expected.harmless(),
        (d, canary) ->
            Hostile.of(d.pen().sign(inHeader(d.unsigned(), reply("From", canary.url("http"))))));
    signed(
        "parameters for the answer's header",
        Expected.harmless(),
        xml ->
            inHeader(
                xml,
                reply("ReplyTo", here)
                    .replace(
                        "</wsa:ReplyTo>",
                        "<wsa:ReferenceParameters><x:hostile-marker xmlns:x=\"urn:x\"/>"
                            + "</wsa:ReferenceParameters></wsa:ReplyTo>")));
    signed(
        "relates to something",
        Expected.harmless(),
        xml -> inHeader(xml, "<wsa:RelatesTo>urn:hostile-marker</wsa:RelatesTo>"));
    signed(
        "several relations",
        Expected.harmless(),
        xml -> inHeader(xml, "<wsa:RelatesTo>x</wsa:RelatesTo>".repeat(50)));
  }

  private void id(String name, String id) {
    made(
        "message id " + name,
        id.isEmpty() ? ADDRESSING : MESSAGE_ID,
        d -> d.addressing(d.addressing().replace(d.message().id().urn(), id)).signed());
  }

  private void ids() {
    id("empty", "");
    id("a number", "42");
    id("a statement", "urn:uuid:' OR 1=1 --");
    id("too short", "urn:uuid:5b1c2d3e-0000-4000-8000-00000000abc");
    id("too long", "urn:uuid:5b1c2d3e-0000-4000-8000-00000000abcd0");
    id("in braces", "{5b1c2d3e-0000-4000-8000-00000000abcd}");
    id("of another scheme", "http://x/5b1c2d3e-0000-4000-8000-00000000abcd");
    id("with line ends", "urn:uuid:5b1c2d3e-0000-4000&#10;-8000-00000000abcd");
    id("very long", "urn:uuid:" + "0".repeat(4_000));
    id("of other digits", "urn:uuid:\u0665b1c2d3e-0000-4000-8000-00000000abcd");
    id("a look-up", "${jndi:ldap://127.0.0.1:1/a}");
    signed(
        "message id missing",
        ADDRESSING,
        xml -> xml.replaceFirst("<wsa:MessageID.*</wsa:MessageID>", "<x Id=\"MessageID\"/>"));
    signed(
        "message id with an element",
        ADDRESSING,
        xml -> xml.replace("</wsa:MessageID>", "<x/></wsa:MessageID>"));
  }

  private void to(String name, UnaryOperator<String> change) {
    made(
        "address " + name,
        WRONG_ADDRESS,
        d -> {
          String other = change.apply(d.message().to());
          return d.addressing(
                  d.addressing().replace(">" + d.message().to() + "<", ">" + other + "<"))
              .signed();
        });
  }

  private void receivers() {
    to("of another host", to -> to.replace("localhost", "live.example.org"));
    to("of another port", to -> to.replaceFirst(":[0-9]+/", ":1/"));
    to("without a port", to -> to.replaceFirst(":[0-9]+/", "/"));
    to("of another service", to -> to.replaceFirst("/[a-z]+$", "/other"));
    to("with a slash", to -> to + "/");
    to("with a query", to -> to + "?wsdl");
    to("with a fragment", to -> to + "#x");
    to("without TLS", to -> to.replace("https:", "http:"));
    to("in capitals", String::toUpperCase);
    to("with a user", to -> to.replace("https://", "https://x@"));
    to("by a way round", to -> to.replaceFirst("/([a-z]+)$", "/x/../$1"));
    to("escaped", to -> to.replaceFirst("/([a-z])", "/%71"));
    to("here", to -> Names.WSA + "/anonymous");
    to("twice in one", to -> to + "," + to);
  }

  private void versions() {
    String other = "<w:Action xmlns:w=\"" + Names.WSA_2004 + "\">x</w:Action>";
    signed("two versions", ADDRESSING, xml -> inHeader(xml, other));
    signed(
        "draft of August 2003",
        ADDRESSING,
        xml -> xml.replace(Names.WSA, "http://schemas.xmlsoap.org/ws/2003/03/addressing"));
    signed(
        "reply address of the other version",
        ADDRESSING,
        xml ->
            inHeader(
                xml,
                "<w:ReplyTo xmlns:w=\""
                    + Names.WSA_2004
                    + "\"><w:Address>http://127.0.0.1:1/</w:Address></w:ReplyTo>"));
    made("no addressing", ADDRESSING, d -> Draft.envelope(Draft.security(d.timestamp()), d.body()));
    signed("action of no namespace", ADDRESSING, xml -> xml.replace("wsa:Action", "Action"));
  }
}
