package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.simulator.AuthorityClient;
import uk.cpis.gateway.simulator.GatewayReply;
import uk.cpis.gateway.simulator.SyntheticPlan;

/**
 * Has every authority send what it holds, in one signed update each, a few at a time; what the
 * gateway has already is acknowledged and changes nothing.
 */
final class FirstLoad {

  private static final int AT_ONCE = 4;

  private final Demonstration demonstration;
  private final PrintWriter out;

  FirstLoad(Demonstration demonstration, PrintWriter out) {
    this.demonstration = demonstration;
    this.out = out;
  }

  /** Sends all; how many records were acknowledged as loaded. */
  int send() throws InterruptedException {
    Map<OdsCode, List<SyntheticPlan>> plans =
        demonstration.pack().plans().stream()
            .collect(Collectors.groupingBy(SyntheticPlan::authority));
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Integer>> sent =
          plans.entrySet().stream()
              .map(each -> threads.submit(update(each.getKey(), each.getValue())))
              .toList();
      return loaded(sent);
    } finally {
      threads.shutdownNow();
    }
  }

  private int loaded(List<Future<Integer>> sent) throws InterruptedException {
    Progress progress = new Progress(out, "authorities have sent what they hold");
    int records = 0;
    for (int i = 0; i < sent.size(); i++) {
      try {
        records += sent.get(i).get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("an authority could not send what it holds", e);
      }
      progress.at(i + 1, sent.size());
    }
    return records;
  }

  private Callable<Integer> update(OdsCode authority, List<SyntheticPlan> plans) {
    return () -> {
      try (AuthorityClient client =
          demonstration.authorities().of(authority).client(demonstration.submissions())) {
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
