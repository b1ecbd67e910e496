package uk.cpis.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.cli.Cpis;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.simulator.Estate;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.ManyChildren;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** The largest submissions there may be, at the same moment, in the smallest heap. */
class LargeSubmissionsIT {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final int BUSY = 503;
  private static final int LIMIT = 2 * 1024 * 1024;

  private static final int RECORDS = 1_000;

  private static final List<TestSystem> AUTHORITIES =
      List.of(
          TestSystem.authority("TWH", "200000000201"),
          TestSystem.authority("HCK", "200000000202"),
          TestSystem.authority("BIR", "200000000203"),
          TestSystem.authority("LDS", "200000000204"));

  @TempDir Path folder;

  /** A message and the bytes that go over the wire. */
  private record Signed(TestClient client, TestMessage message, byte[] bytes) {}

  @Test
  void fourAuthoritiesAtOnceSendAThousandRecordsOfTwoMegabytesEachIntoAHeapOf256Megabytes()
      throws InterruptedException {
    Estate.Ports ports = FreePorts.forAuthorities(0);
    List<DemographicPerson> children = ManyChildren.of(RECORDS);
    Path configuration =
        new GatewayFolder(
                AUTHORITIES,
                children,
                Map.of(
                    "cpis.http.port", Integer.toString(ports.gateway()),
                    "cpis.operations.port", Integer.toString(ports.operations())))
            .write(folder);
    URI address = URI.create("https://127.0.0.1:" + ports.gateway());
    List<Signed> large =
        AUTHORITIES.stream().map(authority -> large(authority, address, children)).toList();
    assertThat(large).allMatch(each -> each.bytes().length > LIMIT - 2_000);

    try (GatewayProcess gateway =
        GatewayProcess.start(
            Cpis.class,
            new GatewayProcess.Java(List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"), Map.of()),
            configuration,
            URI.create("http://127.0.0.1:" + ports.operations()),
            folder.resolve("gateway.log"))) {
      Duration started = gateway.cpuTime();
      Instant begin = CLOCK.instant();
      List<String> codes = together(large);
      Duration taken = Duration.between(begin, CLOCK.instant());

      System.out.printf(
          "four submissions of %,d records, %,d bytes each, in 256 MB: %,d ms, %,d ms of CPU%n",
          RECORDS,
          large.get(0).bytes().length,
          taken.toMillis(),
          gateway.cpuTime().minus(started).toMillis());
      assertThat(codes).containsExactly("CPF02", "CPF02", "CPF02", "CPF02");

      assertThat(flooded(large)).contains("CPF02").containsOnly("CPF02", "asked back");
      assertThat(together(large.subList(0, 1))).containsExactly("CPF02");
    }
  }

  /** Everybody sends four copies at once, of which not all can be taken on. */
  private static List<String> flooded(List<Signed> large) {
    return together(large.stream().flatMap(each -> Stream.of(each, each, each, each)).toList());
  }

  private static List<String> together(List<Signed> messages) {
    ExecutorService threads = Executors.newFixedThreadPool(messages.size());
    try {
      List<CompletableFuture<String>> answers =
          messages.stream()
              .map(each -> CompletableFuture.supplyAsync(() -> fileCode(each), threads))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static String fileCode(Signed message) {
    TestReply reply = message.client().send(message.message(), message.bytes());
    return reply.status() == BUSY
        ? "asked back"
        : reply.answer(SubmissionAcknowledgementType.class).getFileCode().value();
  }

  private static Signed large(TestSystem authority, URI address, List<DemographicPerson> children) {
    LocalDate start = LondonDay.of(CLOCK.instant()).minusDays(7);
    List<UpdateRecordType> records =
        new ArrayList<>(ManyChildren.records(children, start).toList());
    TestClient client = new TestClient(address, authority, CLOCK);
    int room = LIMIT - 1_000 - signed(client, authority, records).bytes().length;
    records.forEach(record -> ManyChildren.longer(record, room / RECORDS));
    return signed(client, authority, records);
  }

  private static Signed signed(
      TestClient client, TestSystem authority, List<UpdateRecordType> records) {
    PlanUpdateRequest request =
        Submissions.update(authority, 1, "020 7946 0011", records.toArray(UpdateRecordType[]::new));
    TestMessage message = client.message(Interaction.UPDATE, request);
    return new Signed(client, message, message.signed(authority.signingKeys(), CLOCK));
  }
}
