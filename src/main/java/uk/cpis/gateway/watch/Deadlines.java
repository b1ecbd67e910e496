package uk.cpis.gateway.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.StandingAlert;
import uk.cpis.gateway.store.Transaction;

/** Notifications that are not settled while their 24 hours run out, dead letters among them. */
final class Deadlines implements Lookout {

  static final Duration DAY = Duration.ofHours(24);
  private static final int WHOLE = 100;

  private final int percent;
  private final Duration share;

  Deadlines(int percent) {
    this.percent = percent;
    this.share = DAY.multipliedBy(percent).dividedBy(WHOLE);
  }

  @Override
  public List<Finding> look(Transaction tx, Instant now, Set<StandingAlert> standing) {
    List<Finding> findings = new ArrayList<>();
    tx.alerts()
        .oldestOwed()
        .forEach((authority, oldest) -> judge(authority, oldest, now, findings));
    return findings;
  }

  private void judge(OdsCode authority, Instant oldest, Instant now, List<Finding> findings) {
    Duration age = Duration.between(oldest, now);
    if (age.compareTo(share) >= 0) {
      String detail = "oldest=" + oldest + " share=" + percent + "%";
      findings.add(new Finding(AlertKind.OVERDUE, authority.value(), detail));
    }
    if (age.compareTo(DAY) >= 0) {
      String detail = "oldest=" + oldest + " rule=\"told within 24 hours\" broken=true";
      findings.add(new Finding(AlertKind.BREACH, authority.value(), detail));
    }
  }
}
