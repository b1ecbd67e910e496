package uk.cpis.gateway.domain;

import java.util.Comparator;

/** Something that is registered: a system by its ASID, an authority or a site by its code. */
public record Registered(Kind kind, String subject) implements Comparable<Registered> {

  private static final Comparator<Registered> ORDER =
      Comparator.comparing(Registered::kind).thenComparing(Registered::subject);

  /** What it is. */
  public enum Kind {
    SYSTEM,
    AUTHORITY,
    SITE
  }

  @Override
  public int compareTo(Registered other) {
    return ORDER.compare(this, other);
  }
}
