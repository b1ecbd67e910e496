package uk.cpis.gateway.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Where the simulated systems leave what they saw, for people to look at: {@code
 * messages/<party>/<time>-<interaction>-<id>-<direction>.xml} and {@code tasks/<LA>/<number>.txt}.
 * Without a folder nothing is written. Safe to share between threads.
 */
public final class SimulatorFolder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss.SSS").withZone(ZoneOffset.UTC);
  private static final int SHORT_ID = 8;

  private final Optional<Path> folder;
  private final Consumer<Message> witness;

  private SimulatorFolder(Optional<Path> folder, Consumer<Message> witness) {
    this.folder = folder;
    this.witness = witness;
  }

  public static SimulatorFolder at(Path folder) {
    return new SimulatorFolder(Optional.of(folder), message -> {});
  }

  /** Keeps nothing, for load. */
  public static SimulatorFolder none() {
    return new SimulatorFolder(Optional.empty(), message -> {});
  }

  /** Keeps nothing, and tells this of each message before the answer leaves. */
  public static SimulatorFolder told(Consumer<Message> witness) {
    return new SimulatorFolder(Optional.empty(), witness);
  }

  /** What passed on the wire. */
  public record Message(
      String party, String interaction, Instant at, MessageId id, byte[] request, byte[] reply) {}

  void write(Message message) {
    witness.accept(message);
    folder
        .map(root -> root.resolve("messages").resolve(message.party()))
        .ifPresent(
            party -> {
              String id = message.id().toString().substring(0, SHORT_ID);
              String name =
                  TIME.format(message.at()) + "-" + message.interaction() + "-" + id + "-";
              write(party.resolve(name + "request.xml"), message.request());
              write(party.resolve(name + "reply.xml"), message.reply());
            });
  }

  void write(FollowUpTask task) {
    tasksOf(task.authority())
        .ifPresent(
            tasks ->
                write(
                    tasks.resolve(task.number() + ".txt"),
                    task.written().getBytes(StandardCharsets.UTF_8)));
  }

  /** The tasks kept from earlier runs, in order. */
  List<FollowUpTask> tasks(OdsCode authority) {
    Optional<Path> tasks = tasksOf(authority).filter(Files::isDirectory);
    return tasks.isEmpty() ? List.of() : read(authority, tasks.get());
  }

  private static List<FollowUpTask> read(OdsCode authority, Path tasks) {
    try (Stream<Path> files = Files.list(tasks)) {
      return files
          .map(SimulatorFolder::text)
          .map(text -> FollowUpTask.read(authority, text))
          .sorted(Comparator.comparing(FollowUpTask::number))
          .toList();
    } catch (IOException e) {
      throw new SimulatorException("cannot read the folder " + tasks, e);
    }
  }

  private Optional<Path> tasksOf(OdsCode authority) {
    return folder.map(root -> root.resolve("tasks").resolve(authority.value()));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SimulatorException("cannot read " + file, e);
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new SimulatorException("cannot write " + file, e);
    }
  }
}
