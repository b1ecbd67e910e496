package uk.cpis.gateway.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Has every authority send what it holds, in one signed update each, a few at a time; what the
 * gateway has already is acknowledged and changes nothing.
 */
public final class FirstLoad {

  private static final int AT_ONCE = 4;
  private static final Duration LONGEST_UPDATE = Duration.ofSeconds(10);

  private final SyntheticPack pack;
  private final SimulatedAuthorities authorities;
  private final URI submissions;
  private final Steps loaded;

  /** Sends the plans of this pack to the gateway's submission service, telling how many have. */
  public FirstLoad(
      SyntheticPack pack, SimulatedAuthorities authorities, URI submissions, Steps loaded) {
    this.pack = pack;
    this.authorities = authorities;
    this.submissions = submissions;
    this.loaded = loaded;
  }

  /** Sends all; how many records were acknowledged as loaded. What is under way ends first. */
  public int send() throws InterruptedException {
    Map<OdsCode, List<SyntheticPlan>> plans =
        pack.plans().stream().collect(Collectors.groupingBy(SyntheticPlan::authority));
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<Integer>> sent =
        plans.entrySet().stream()
            .map(each -> threads.submit(update(each.getKey(), each.getValue())))
            .toList();
    try {
      return loaded(sent);
    } finally {
      sent.forEach(each -> each.cancel(false));
      threads.shutdown();
      threads.awaitTermination(LONGEST_UPDATE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private int loaded(List<Future<Integer>> sent) throws InterruptedException {
    int records = 0;
    for (int i = 0; i < sent.size(); i++) {
      try {
        records += sent.get(i).get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("an authority could not send what it holds", e);
      }
      loaded.at(i + 1, sent.size());
    }
    return records;
  }

  private Callable<Integer> update(OdsCode authority, List<SyntheticPlan> plans) {
    return () -> {
      try (AuthorityClient client = authorities.of(authority).client(submissions)) {
        GatewayReply<SubmissionAcknowledgementType> reply = client.update(plans);
        if (reply instanceof GatewayReply.Answered<SubmissionAcknowledgementType> answered) {
          return (int)
              answered.content().getRecord().stream()
                  .filter(record -> record.getCode().value().equals("CPR06"))
                  .count();
        }
        throw new IllegalStateException("the update of " + authority + " failed: " + reply);
      }
    };
  }
}
