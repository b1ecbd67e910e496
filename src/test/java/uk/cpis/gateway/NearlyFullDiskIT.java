package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.SmallDisk;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** The real gateway over a small file system that fills up, over the wire. */
class NearlyFullDiskIT {

  private static final TestSystem HOMERTON = TestSystem.homerton();
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final InstantSource clock = InstantSource.system();
  private SmallDisk disk;
  private Gateway gateway;

  @BeforeEach
  void open() {
    disk = SmallDisk.mounted(folder.resolve("disk"), 64);
    try {
      Path file =
          new GatewayFolder(
                  List.of(HOMERTON, TOWER_HAMLETS),
                  List.of(TestGateway.LUCJA),
                  Map.of(
                      "cpis.store.directory",
                      disk.root().resolve("store").toString(),
                      "cpis.store.least-free",
                      "16"))
              .write(folder);
      gateway = Gateway.open(Configuration.read(file, Map.of()).settings(), clock);
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
      disk.close();
    }
  }

  @Test
  void refusesWhatWritesToBeSentAgainSettlesOnAndServesAgainWhenThereIsRoom() {
    update(1).answer(SubmissionAcknowledgementType.class);
    query().answer(PlanQueryResponse.class);
    disk.fill(8);

    // The disk is looked at once a second: until then it answers.
    AtomicInteger answered = new AtomicInteger(1);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              boolean isAnswered = query().status() == 200;
              answered.addAndGet(isAnswered ? 1 : 0);
              return !isAnswered;
            });
    assertThat(query().fault().codes()).containsExactly("200", "CPG-615");
    TestMessage submission = message(2);
    assertThat(client(TOWER_HAMLETS).send(submission).fault().codes())
        .containsExactly("200", "CPG-615");
    assertThat(health()).isEqualTo(503);
    TestMailbox mailbox = new TestMailbox(client(TOWER_HAMLETS));
    List<String> waiting = TestMailbox.ids(mailbox.all());
    assertThat(waiting).hasSize(answered.get());
    assertThat(mailbox.acknowledge(AnswerCode.ACCEPTED, waiting.get(0))).containsExactly("settled");

    disk.empty();
    await().atMost(PATIENCE).until(() -> query().status() == 200);
    assertThat(health()).isEqualTo(200);
    assertThat(client(TOWER_HAMLETS).send(submission).answer(SubmissionAcknowledgementType.class))
        .extracting(answer -> answer.getFileCode().value())
        .isEqualTo("CPF02");
  }

  @Test
  void losesNothingThatItAnsweredWhenTheDiskIsFullToTheLastByte() {
    update(1).answer(SubmissionAcknowledgementType.class);
    query().answer(PlanQueryResponse.class);
    disk.fill(0);
    int answered = 1;
    for (int i = 0; i < 40; i++) {
      TestReply reply = query();
      answered += reply.status() == 200 ? 1 : 0;
      assertThat(reply.status() == 200 || retryable(reply)).isTrue();
    }

    disk.empty();
    await().atMost(PATIENCE).until(() -> query().status() == 200);
    answered++;
    int kept = TestMailbox.ids(new TestMailbox(client(TOWER_HAMLETS)).all()).size();
    assertThat(kept).isGreaterThanOrEqualTo(answered);
    assertThat(health()).isEqualTo(200);
  }

  private static boolean retryable(TestReply reply) {
    List<String> codes = reply.fault().codes();
    return codes.contains("200") || codes.contains("208");
  }

  private TestReply query() {
    return client(HOMERTON)
        .send(Interaction.QUERY, Queries.of(HOMERTON, TestGateway.LUCJA.number().digits()));
  }

  private TestReply update(long sequence) {
    return client(TOWER_HAMLETS).send(message(sequence));
  }

  private TestMessage message(long sequence) {
    LocalDate start = LondonDay.of(clock.instant()).minusDays(7 + sequence);
    return client(TOWER_HAMLETS)
        .message(
            Interaction.UPDATE,
            Submissions.update(
                TOWER_HAMLETS,
                sequence,
                "020 7946 0011",
                Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, start)));
  }

  private TestClient client(TestSystem system) {
    return new TestClient(gateway.addresses().get(0), system, clock);
  }

  private int health() {
    URI address = gateway.operations().resolve("/health");
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
