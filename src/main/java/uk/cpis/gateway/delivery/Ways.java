package uk.cpis.gateway.delivery;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Into whose lanes notifications are carried, as it is in force. The relay's thread alone changes
 * it, and carries, so nothing is carried while it changes. Any thread may read.
 */
final class Ways {

  private final Set<OdsCode> delivered = ConcurrentHashMap.newKeySet();

  Ways(Collection<OdsCode> delivered) {
    this.delivered.addAll(delivered);
  }

  boolean delivered(OdsCode authority) {
    return delivered.contains(authority);
  }

  void deliver(OdsCode authority) {
    delivered.add(authority);
  }

  void deliverNoMore(OdsCode authority) {
    delivered.remove(authority);
  }
}
