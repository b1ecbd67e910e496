package uk.cpis.gateway.domain;

import java.util.Optional;

/** What demographics reported, as far as it may be told to an authority that holds records. */
public sealed interface DemographicNews {

  NotificationKind kind();

  /** The second NHS number that it tells, where it tells one. */
  Optional<NhsNumber> otherNumber();

  /**
   * The number is no longer in use; with the new number where there is one. After an adoption there
   * is none, and never any link (rule 14).
   */
  record InactiveNumber(Optional<NhsNumber> replacement) implements DemographicNews {
    @Override
    public NotificationKind kind() {
      return NotificationKind.INACTIVE_NUMBER;
    }

    @Override
    public Optional<NhsNumber> otherNumber() {
      return replacement;
    }
  }

  /** A baby was born to the mother of an unborn child's plan (rule 15). */
  record Birth(NhsNumber baby) implements DemographicNews {
    @Override
    public NotificationKind kind() {
      return NotificationKind.BIRTH;
    }

    @Override
    public Optional<NhsNumber> otherNumber() {
      return Optional.of(baby);
    }
  }

  /** The records are withdrawn from all answers, without reason or place (rule 19). */
  record Withdrawal() implements DemographicNews {
    @Override
    public NotificationKind kind() {
      return NotificationKind.WITHDRAWAL;
    }

    @Override
    public Optional<NhsNumber> otherNumber() {
      return Optional.empty();
    }
  }

  /** The news of this kind with this second number. */
  static DemographicNews of(NotificationKind kind, Optional<NhsNumber> otherNumber) {
    return switch (kind) {
      case INACTIVE_NUMBER -> new InactiveNumber(otherNumber);
      case BIRTH -> new Birth(otherNumber.orElseThrow());
      case WITHDRAWAL -> new Withdrawal();
      case ACCESS -> throw new IllegalStateException("an access is no news of demographics");
    };
  }
}
