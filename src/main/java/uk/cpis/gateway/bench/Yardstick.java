package uk.cpis.gateway.bench;

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
 */
record Yardstick(String algorithm, double oneThread, double allCores) {

  private static final int MESSAGE_BYTES = 600;

  /** Measures with the keys that the load will use: first warms up, then as long each way. */
  static Yardstick measure(KeyMaterial asker, KeyMaterial gateway, Duration each)
      throws InterruptedException {
    String algorithm =
        asker.privateKey().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    int cores = Runtime.getRuntime().availableProcessors();
    rate(algorithm, asker, gateway, 1, each);
    return new Yardstick(
        algorithm,
        rate(algorithm, asker, gateway, 1, each),
        rate(algorithm, asker, gateway, cores, each));
  }

  private static double rate(
      String algorithm, KeyMaterial asker, KeyMaterial gateway, int threads, Duration time)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long start = System.nanoTime();
    long deadline = start + time.toNanos();
    try {
      List<Future<Long>> working = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        working.add(pool.submit(() -> new Pair(algorithm, asker, gateway).until(deadline)));
      }
      long pairs = 0;
      for (Future<Long> each : working) {
        pairs += each.get();
      }
      return pairs / ((System.nanoTime() - start) / 1e9);
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

    long until(long deadline) throws GeneralSecurityException {
      long pairs = 0;
      while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
        signature.initVerify(verifying);
        signature.update(message);
        if (!signature.verify(received)) {
          throw new IllegalStateException("a signature of our own is not good");
        }
        signature.initSign(signing);
        signature.update(message);
        signature.sign();
        pairs++;
      }
      return pairs;
    }
  }
}
