package uk.cpis.gateway.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import uk.cpis.gateway.pki.KeyMaterial;

/**
 * How often a second this Java verifies one signature of the asker and makes one of the gateway,
 * with its own provider and no XML: what no gateway on this machine can exceed.
 *
 * @param algorithm the name of the signature algorithm
 * @param oneThread pairs a second on one thread
 * @param allCores pairs a second on as many threads as there are cores
 * @param cpuMicros CPU time of one pair, which other work on the machine disturbs least
 */
record Yardstick(String algorithm, double oneThread, double allCores, double cpuMicros) {

  private static final int MESSAGE_BYTES = 600;

  /** Measures with the keys that the load will use: first warms up, then as long each way. */
  static Yardstick measure(KeyMaterial asker, KeyMaterial gateway, Duration each)
      throws InterruptedException {
    String algorithm =
        asker.privateKey().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    int cores = Runtime.getRuntime().availableProcessors();
    sum(algorithm, asker, gateway, 1, each);
    Sum one = sum(algorithm, asker, gateway, 1, each);
    Sum all = sum(algorithm, asker, gateway, cores, each);
    return new Yardstick(
        algorithm,
        one.perSecond(),
        all.perSecond(),
        (one.cpuNanos() + all.cpuNanos()) / 1e3 / (one.pairs() + all.pairs()));
  }

  /** How many pairs some threads made in which time. */
  private record Sum(long pairs, long cpuNanos, long nanos) {

    double perSecond() {
      return pairs / (nanos / 1e9);
    }
  }

  private static Sum sum(
      String algorithm, KeyMaterial asker, KeyMaterial gateway, int threads, Duration time)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long start = System.nanoTime();
    long deadline = start + time.toNanos();
    try {
      List<Future<Sum>> working = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        working.add(pool.submit(() -> new Pair(algorithm, asker, gateway).until(deadline)));
      }
      long pairs = 0;
      long cpuNanos = 0;
      for (Future<Sum> each : working) {
        pairs += each.get().pairs();
        cpuNanos += each.get().cpuNanos();
      }
      return new Sum(pairs, cpuNanos, System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new BenchException("the yardstick cannot be measured", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** One verification and one signature, again and again; for one thread. */
  private static final class Pair {

    private final Signature signature;
    private final PublicKey verifying;
    private final PrivateKey signing;
    private final byte[] message = new byte[MESSAGE_BYTES];
    private final byte[] received;

    Pair(String algorithm, KeyMaterial asker, KeyMaterial gateway) throws GeneralSecurityException {
      this.signature = Signature.getInstance(algorithm);
      this.verifying = asker.certificate().getPublicKey();
      this.signing = gateway.privateKey();
      signature.initSign(asker.privateKey());
      signature.update(message);
      this.received = signature.sign();
    }

    Sum until(long deadline) throws GeneralSecurityException {
      ThreadMXBean clock = ManagementFactory.getThreadMXBean();
      long start = System.nanoTime();
      long cpuBefore = clock.getCurrentThreadCpuTime();
      long pairs = 0;
      do {
        signature.initVerify(verifying);
        signature.update(message);
        if (!signature.verify(received)) {
          throw new IllegalStateException("a signature of our own is not good");
        }
        signature.initSign(signing);
        signature.update(message);
        signature.sign();
        pairs++;
      } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
      return new Sum(pairs, clock.getCurrentThreadCpuTime() - cpuBefore, System.nanoTime() - start);
    }
  }
}
