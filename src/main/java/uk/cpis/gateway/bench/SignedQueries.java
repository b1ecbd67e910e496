package uk.cpis.gateway.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import uk.cpis.gateway.simulator.Progress;

/**
 * Signed messages in a file, to be taken by index by many threads at once; the file is deleted in
 * the end. Signing stops after a while, so that the first are still fresh when they are sent.
 */
final class SignedQueries implements AutoCloseable {

  /** How long a signed message lives: as long as a gateway allows. */
  static final Duration LIFE = Duration.ofMinutes(10);

  /** Signing and sending may take this long each, with as much to spare. */
  static final Duration LONGEST = Duration.ofMinutes(4);

  private static final int BATCH = 256;

  private final Path file;
  private final FileChannel channel;
  private final List<Long> ends = new ArrayList<>(List.of(0L));

  private SignedQueries(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Signs so many, on all cores, or as many as can be in time. */
  static SignedQueries sign(Path file, int count, IntFunction<byte[]> signer, Progress progress)
      throws InterruptedException {
    SignedQueries queries = new SignedQueries(file, open(file));
    try {
      queries.fill(count, signer, progress);
      return queries;
    } catch (InterruptedException | RuntimeException e) {
      queries.close();
      throw e;
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(
          file,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new BenchException("cannot open " + file, e);
    }
  }

  private void fill(int count, IntFunction<byte[]> signer, Progress progress)
      throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      for (int from = 0; from < count && System.nanoTime() < deadline; from += BATCH) {
        List<Future<byte[]>> batch =
            IntStream.range(from, Math.min(from + BATCH, count))
                .mapToObj(index -> threads.submit(() -> signer.apply(index)))
                .toList();
        for (Future<byte[]> message : batch) {
          append(message.get());
        }
        progress.at(size(), count);
      }
    } catch (ExecutionException e) {
      throw new BenchException("a query cannot be signed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void append(byte[] message) {
    try {
      ByteBuffer rest = ByteBuffer.wrap(message);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      ends.add(channel.position());
    } catch (IOException e) {
      throw new BenchException("cannot write " + file, e);
    }
  }

  int size() {
    return ends.size() - 1;
  }

  /** The message of this index, counted from 0. */
  byte[] get(int index) {
    long start = ends.get(index);
    ByteBuffer message = ByteBuffer.allocate((int) (ends.get(index + 1) - start));
    try {
      while (message.hasRemaining()) {
        if (channel.read(message, start + message.position()) < 0) {
          throw new BenchException("the file " + file + " was cut short");
        }
      }
      return message.array();
    } catch (IOException e) {
      throw new BenchException("cannot read " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new BenchException("cannot delete " + file, e);
    }
  }
}
