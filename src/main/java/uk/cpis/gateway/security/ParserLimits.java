package uk.cpis.gateway.security;

/**
 * How much one message may ask of the parser; each endpoint has its own. Distinct names are counted
 * because names with equal hash codes make look-ups slow; attributes may be no more in all than
 * elements may be.
 */
public record ParserLimits(
    int bytes,
    int depth,
    int elements,
    int children,
    int attributes,
    int attributeLength,
    int textLength,
    int distinctNames) {

  /** Refuses limits that no message could pass. */
  public ParserLimits {
    if (bytes < 1 || depth < 8 || elements < 40 || children < 8 || attributes < 8) {
      throw new IllegalArgumentException("these parser limits let no signed message pass");
    }
    if (attributeLength < 256 || textLength < 8192 || distinctNames < 100) {
      throw new IllegalArgumentException("these parser limits let no signed message pass");
    }
  }

  /** Generous for one question or answer about one person. */
  public static ParserLimits ofQuery() {
    return new ParserLimits(262_144, 30, 5_000, 500, 50, 8_192, 65_536, 1_000);
  }

  /** Lets a submission of 1,000 records pass. */
  public static ParserLimits ofSubmission() {
    return new ParserLimits(2_097_152, 30, 60_000, 5_000, 50, 8_192, 65_536, 1_000);
  }
}
