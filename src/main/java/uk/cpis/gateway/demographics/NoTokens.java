package uk.cpis.gateway.demographics;

/** For a PDS that asks for none: a sandbox, or one behind a gateway that adds it. */
public final class NoTokens implements Tokens {

  @Override
  public Token token(Deadline deadline) {
    return new Token.None();
  }

  @Override
  public void refused(Token token) {
    // There is no other to be had.
  }
}
