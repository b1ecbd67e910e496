package uk.cpis.gateway.attack;

import uk.cpis.gateway.testing.TestSystem;

/** Keys of registered systems that are not the sender's. */
final class Attackers {

  private Attackers() {}

  /** The key of another system than this message's, of the same kind of key. */
  static Pen other(Kind kind) {
    return switch (kind) {
      case QUERY -> Pen.of(TestSystem.hackney().signingKeys());
      case QUERY_EC -> Pen.of(TestSystem.nhs111().tlsKeys());
      default -> Pen.of(TestSystem.hackney().signingKeys());
    };
  }
}
