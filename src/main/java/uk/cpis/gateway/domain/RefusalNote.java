package uk.cpis.gateway.domain;

import java.util.Optional;
import java.util.UUID;

/**
 * One refusal as an operator can look it up: the first check that failed, what it wanted, what was
 * there and what to do. Nothing of a person is in it.
 *
 * @param reference what the caller was told, so that the operator finds this
 * @param code what the caller was told of the kind of refusal
 * @param cause the name of the check that failed
 * @param required what would have passed
 * @param found what was there instead; counts, places, times, algorithms, serials and identifiers
 *     of systems and organisations
 * @param remedy what the operator or the sender's developer can do
 */
public record RefusalNote(
    UUID reference,
    String code,
    String cause,
    String required,
    String found,
    String remedy,
    Origin origin) {

  private static final int LONGEST_WORD = 60;
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_FOUND = 1_000;

  /** Cuts what is too long to be kept; a stranger's certificate can make it any length. */
  public RefusalNote {
    cause = cut(cause, LONGEST_WORD);
    required = cut(required, LONGEST_TEXT);
    found = cut(found, LONGEST_FOUND);
    remedy = cut(remedy, LONGEST_TEXT);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }

  /**
   * Whom a refused message came from, as far as that was known when it was refused.
   *
   * @param transport the certificate of the connection
   * @param signing the certificate that signed, once the signature was verified
   * @param remoteAddress where the connection came from
   * @param sender the system, once both certificates and the claimed ASID agreed on it
   */
  public record Origin(
      Optional<CertificateFingerprint> transport,
      Optional<CertificateFingerprint> signing,
      String remoteAddress,
      Optional<MessageId> message,
      Optional<Interaction> interaction,
      Optional<Asid> sender) {

    /** Of a message of which nothing is known but its connection. */
    public static Origin of(Optional<CertificateFingerprint> transport, String remoteAddress) {
      return new Origin(
          transport,
          Optional.empty(),
          remoteAddress,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }
}
