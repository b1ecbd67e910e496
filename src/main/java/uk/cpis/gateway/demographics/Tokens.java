package uk.cpis.gateway.demographics;

import java.util.regex.Pattern;

/** Where the tokens come from. All are safe to share between threads. */
public sealed interface Tokens permits NoTokens, TokenFile, ClientCredentials {

  /** What a token may be made of, by RFC 6750. */
  Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** A token that is good now as far as is known. */
  Token token(Deadline deadline) throws InterruptedException;

  /** This one was refused: it is not given out again. */
  void refused(Token token);

  /** The text as a token; unavailable where it is none. */
  static Token of(String text) {
    return FORM.matcher(text).matches()
        ? new Token.Bearer(text)
        : new Token.Unavailable("what stands in place of the token is none");
  }
}
