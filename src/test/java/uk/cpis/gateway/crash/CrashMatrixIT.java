package uk.cpis.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.crash.GatewayProcess.Death;
import uk.cpis.gateway.steps.Step;

/**
 * A few kills of the real process at the steps that matter most, and one at any time, before the
 * one at a start. The long run, which sweeps too, is a command, {@link CrashMatrix}.
 */
class CrashMatrixIT {

  private static final long SEED = 20261122;
  private static final Duration LONGEST_START = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void losesNothingAndInventsNothingWhenItIsKilled() throws InterruptedException {
    try (CrashRun run = new CrashRun(folder, SEED, System.out)) {
      run.killBeforeTheFirstStart(new Death(Step.MIGRATION_WRITTEN, 4));
      run.begin();
      run.killAt(new Death(Step.BATCH_COMMITTED, 20));
      run.killAt(new Death(Step.CALL_ENDED, 10));
      run.killAtStart(new Death(Step.LANES_CHECKED, 0));
      run.killAt(new Death(Step.SEAL_COMMITTED, 1));

      Verdict verdict = run.verdict();

      assertThat(verdict.broken()).isEmpty();
      assertThat(run.sealFindings()).isEmpty();
      assertThat(run.sealsLookedAt()).isEqualTo(4);
      assertThat(run.notReached()).isEmpty();
      assertThat(run.kills()).isEqualTo(5);
      assertThat(run.longestStart()).isLessThan(LONGEST_START);
    }
  }
}
