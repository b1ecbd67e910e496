package uk.cpis.gateway.domain;

import java.util.Comparator;
import java.util.Set;

/**
 * Something that is registered or configured: a system by its ASID, an authority or a site by its
 * code, a key of the gateway by its name, a CA that is believed by its fingerprint's beginning, and
 * until when revocation may be unknown.
 */
public record Registered(Kind kind, String subject) implements Comparable<Registered> {

  private static final Comparator<Registered> ORDER =
      Comparator.comparing(Registered::kind).thenComparing(Registered::subject);

  /** What it is. */
  public enum Kind {
    SYSTEM,
    AUTHORITY,
    SITE,
    KEY,
    ANCHOR,
    REVOCATION;

    /** What is registered of others. */
    public static final Set<Kind> OF_PARTNERS = Set.of(SYSTEM, AUTHORITY, SITE);

    /** What is the gateway's own. */
    public static final Set<Kind> OF_ITS_OWN = Set.of(KEY, ANCHOR);
  }

  @Override
  public int compareTo(Registered other) {
    return ORDER.compare(this, other);
  }
}
