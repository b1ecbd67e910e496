package uk.cpis.gateway;

import java.util.List;
import java.util.stream.Stream;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.operations.OperationsServer;
import uk.cpis.gateway.operations.Sequences;
import uk.cpis.gateway.submission.SequenceReset;

/** The door on the loopback address: what operators see of each part and may have it do. */
final class OperatorsDoor {

  private OperatorsDoor() {}

  static OperationsServer open(
      Opening opening,
      Ground ground,
      Trust trust,
      Evidence evidence,
      Trade trade,
      Dispatch dispatch,
      Chores chores) {
    List<Health.Check> checks =
        Stream.of(
                ground.checks(),
                dispatch.checks(),
                trade.checks(),
                chores.checks(),
                evidence.checks(),
                trust.checks())
            .flatMap(List::stream)
            .toList();
    return opening.opened(
        OperationsServer.open(
            opening.settings().operations().port(),
            opening.settings().store().directory(),
            new Health(checks),
            dispatch.desk(trade.watch()),
            trade.demography().register(),
            new Sequences(
                new SequenceReset(ground.store(), ground.audit())::of,
                () -> Restore.lastSequences(ground.store())),
            evidence.refused(),
            chores.desk(evidence.desk()),
            trust.desk()));
  }
}
