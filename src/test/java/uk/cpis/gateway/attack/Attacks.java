package uk.cpis.gateway.attack;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.w3c.dom.Element;
import uk.cpis.gateway.security.RefusalCause;

/** One class of attacks while it is written down. For one thread. */
abstract class Attacks {

  private final String group;
  private final List<Attack> all = new ArrayList<>();
  private Set<Kind> kinds = EnumSet.allOf(Kind.class);

  Attacks(String group) {
    this.group = group;
  }

  final List<Attack> all() {
    return List.copyOf(all);
  }

  /** What follows can be made of these messages only. */
  final void only(Kind first, Kind... others) {
    kinds = EnumSet.of(first, others);
  }

  final void ofAll() {
    kinds = EnumSet.allOf(Kind.class);
  }

  final void add(String name, Expected expected, Attack.Making making) {
    all.add(new Attack(group, name, making, expected, EnumSet.copyOf(kinds)));
  }

  /** Alters the text of the signed message. */
  final void altered(String name, RefusalCause cause, UnaryOperator<String> change) {
    altered(name, Expected.cause(cause), change);
  }

  final void altered(String name, Expected expected, UnaryOperator<String> change) {
    add(name, expected, (draft, canary) -> Hostile.of(changed(draft.signed(), change)));
  }

  /** Alters the message before it is signed: what one does who has a key of his own. */
  final void signed(String name, RefusalCause cause, UnaryOperator<String> change) {
    signed(name, Expected.cause(cause), change);
  }

  final void signed(String name, Expected expected, UnaryOperator<String> change) {
    add(
        name,
        expected,
        (draft, canary) -> Hostile.of(draft.pen().sign(changed(draft.unsigned(), change))));
  }

  /** Changes the signature before it is made, so that it covers the change. */
  final void signing(String name, Expected expected, Consumer<Element> change) {
    made(name, expected, draft -> draft.pen().sign(draft.unsigned(), change));
  }

  /** Makes it of the draft. */
  final void made(String name, RefusalCause cause, Function<Draft, String> making) {
    made(name, Expected.cause(cause), making);
  }

  final void made(String name, Expected expected, Function<Draft, String> making) {
    add(name, expected, (draft, canary) -> Hostile.of(making.apply(draft)));
  }

  private static String changed(String text, UnaryOperator<String> change) {
    String changed = change.apply(text);
    if (changed.equals(text)) {
      throw new IllegalStateException("an attack that changes nothing");
    }
    return changed;
  }

  /** From the first of this to the end of that. */
  static String cut(String text, String from, String to) {
    int start = text.indexOf(from);
    return text.substring(start, text.indexOf(to, start) + to.length());
  }

  static String body(String text) {
    return cut(text, "<soap:Body", "</soap:Body>");
  }

  static String signature(String text) {
    return cut(text, "<ds:Signature ", "</ds:Signature>");
  }

  static String security(String text) {
    return cut(text, "<wsse:Security ", "</wsse:Security>");
  }

  static String timestamp(String text) {
    return cut(text, "<wsu:Timestamp", "</wsu:Timestamp>");
  }

  static String token(String text) {
    return cut(text, "<wsse:BinarySecurityToken", "</wsse:BinarySecurityToken>");
  }

  static String header(String text, String name) {
    return cut(text, "<wsa:" + name + " ", "</wsa:" + name + ">");
  }

  static String inHeader(String text, String block) {
    return text.replace("</soap:Header>", block + "</soap:Header>");
  }

  static String wrapped(String content) {
    return "<x:w xmlns:x=\"urn:x\">" + content + "</x:w>";
  }
}
