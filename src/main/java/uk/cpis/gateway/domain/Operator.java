package uk.cpis.gateway.domain;

/**
 * Who has something done at the gateway itself, and from where: by a name that is his own word, or
 * the gateway's where it does so by itself. The text is the name.
 *
 * @param place the address of a connection to operations, the machine of a command on a stopped
 *     store, or that it was the gateway itself
 */
public record Operator(String name, String place) {

  private static final String ITSELF = "gateway";

  /** As much as the audit holds. */
  private static final int LONGEST_NAME = 64;

  private static final int LONGEST_PLACE = 60;

  public Operator {
    name = shortened(name, LONGEST_NAME);
    place = shortened(place, LONGEST_PLACE);
  }

  private static String shortened(String text, int longest) {
    return text.substring(0, Math.min(longest, text.length()));
  }

  /** The gateway itself, for a reason of this name: a schedule, files that changed. */
  public static Operator itself(String name) {
    return new Operator(name, ITSELF);
  }

  @Override
  public String toString() {
    return name;
  }
}
