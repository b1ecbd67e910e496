package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.store.AuthorityBacklog;

/** The lanes' workers, each on a thread of its own. Safe to share between threads. */
final class Workers {

  private record Working(LaneWorker worker, WorkThread thread) {}

  private final Lanes lanes;
  private final LaneParts parts;
  private final Map<OdsCode, Working> working = new ConcurrentSkipListMap<>();

  /** Those whose last attempt is on its way. */
  private final Map<OdsCode, Working> dismissed = new ConcurrentSkipListMap<>();

  private boolean stopped;

  Workers(Lanes lanes, LaneParts parts) {
    this.lanes = lanes;
    this.parts = parts;
  }

  /** Has this authority's lane worked, unless it is already or all have stopped. */
  synchronized void start(OdsCode authority) {
    if (!stopped && !working.containsKey(authority) && !dismissed.containsKey(authority)) {
      LaneWorker worker = new LaneWorker(lanes.lane(authority), parts);
      working.put(
          authority,
          new Working(worker, WorkThread.start("lane-" + authority, worker, parts.log())));
    }
  }

  /** Has this lane worked no more, after the attempt that is on its way. */
  synchronized void dismiss(OdsCode authority) {
    Optional.ofNullable(working.get(authority))
        .ifPresent(
            each -> {
              dismissed.put(authority, each);
              working.remove(authority);
              each.thread().stop();
            });
  }

  /** Whether nobody takes from this lane any more, who was dismissed; asks him again. */
  boolean ended(OdsCode authority) {
    Optional<WorkThread> last = Optional.ofNullable(dismissed.get(authority)).map(Working::thread);
    last.ifPresent(WorkThread::stop);
    return last.filter(WorkThread::alive).isEmpty();
  }

  /** Shows no more how the lane was doing of one who was dismissed. */
  void forget(OdsCode authority) {
    dismissed.remove(authority);
  }

  /** Whether every worker works. */
  boolean alive() {
    return working.values().stream().map(Working::thread).allMatch(WorkThread::alive);
  }

  /** Those whose lanes are worked. */
  Set<OdsCode> authorities() {
    return Set.copyOf(working.keySet());
  }

  Optional<LaneWorker> of(OdsCode authority) {
    return Optional.ofNullable(working.get(authority)).map(Working::worker);
  }

  void retryNow(OdsCode authority) {
    Optional.ofNullable(working.get(authority)).ifPresent(each -> each.worker().retryNow());
  }

  void retryAll() {
    working.values().forEach(each -> each.worker().retryNow());
  }

  /** How this lane is doing; empty when it has no worker. */
  Optional<LaneStatus> status(AuthorityBacklog backlog) {
    return Optional.ofNullable(working.get(backlog.authority()))
        .or(() -> Optional.ofNullable(dismissed.get(backlog.authority())))
        .map(each -> each.worker().status(backlog));
  }

  /** Stops all and waits for those on their way, so long at the most. */
  void stop(Duration longest) {
    synchronized (this) {
      stopped = true;
    }
    long deadline = System.nanoTime() + longest.toNanos();
    List<WorkThread> threads =
        Stream.of(working, dismissed)
            .flatMap(each -> each.values().stream())
            .map(Working::thread)
            .toList();
    threads.forEach(WorkThread::stop);
    threads.stream()
        .filter(thread -> !thread.ended(deadline))
        .forEach(thread -> parts.log().slowToClose(thread.name()));
  }
}
