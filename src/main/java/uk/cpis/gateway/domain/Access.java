package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One look at a person's records: who, for whom, when, from where, and with what right. The setting
 * is the one that counted: the message's, else the system's registered one, else none (which counts
 * as unscheduled). The region is that of the registered site, where it is one.
 */
public record Access(
    UUID id,
    MessageId messageId,
    ContentDigest digest,
    Instant at,
    Sender sender,
    NhsNumber person,
    Author author,
    AccessMode mode,
    Optional<CareSetting> setting,
    Optional<Telephone> ringBack,
    Optional<String> region,
    int recordsFound) {

  /** Whether the access happened in scheduled care; no setting counts as unscheduled. */
  public boolean scheduled() {
    return setting.map(CareSetting::scheduled).orElse(false);
  }

  /**
   * Whether the access may be shown in the history at all: it found something, notifies, and is
   * unscheduled (cpis.md §2). Whether it is shown depends on the running window too.
   */
  public boolean showable() {
    return recordsFound > 0 && mode == AccessMode.NOTIFYING && !scheduled();
  }
}
