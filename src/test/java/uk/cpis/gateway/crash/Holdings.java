package uk.cpis.gateway.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process holds, as the system tells of it: its threads by their names, its open files by
 * what they are, and the files that it made to go again. Numbers in names are left out.
 */
record Holdings(
    Map<String, Long> threads, Map<String, Long> files, Map<String, Long> temporaryFiles) {

  /** Of the process of this id, whose temporary files lie in this folder. */
  static Holdings of(long pid, Path temporary) {
    Path process = Path.of("/proc/" + pid);
    return new Holdings(
        counted(process.resolve("task"), task -> read(task.resolve("comm"))),
        counted(process.resolve("fd"), file -> Files.readSymbolicLink(file).toString()),
        counted(temporary, Path::toString));
  }

  private interface Naming {
    String of(Path path) throws IOException;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static Map<String, Long> counted(Path folder, Naming naming) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> name(each, naming))
          .filter(name -> !name.isEmpty())
          .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path path, Naming naming) {
    try {
      return naming.of(path).replaceAll("[0-9]+", "#");
    } catch (NoSuchFileException e) {
      return ""; // It went meanwhile.
    } catch (IOException e) {
      return "";
    }
  }

  /** What there is more of than in those, by so many; for people to read. */
  Map<String, Long> beyond(Holdings those) {
    Map<String, Long> more = new TreeMap<>();
    more(threads, those.threads).forEach((name, count) -> more.put("thread " + name, count));
    more(files, those.files).forEach((name, count) -> more.put("file " + name, count));
    more(temporaryFiles, those.temporaryFiles)
        .forEach((name, count) -> more.put("temporary " + name, count));
    return more;
  }

  private static Map<String, Long> more(Map<String, Long> now, Map<String, Long> then) {
    Map<String, Long> more = new TreeMap<>();
    now.forEach((name, count) -> more.put(name, count - then.getOrDefault(name, 0L)));
    more.values().removeIf(count -> count <= 0);
    return more;
  }

  long threadCount() {
    return sum(threads);
  }

  long fileCount() {
    return sum(files);
  }

  long temporaryCount() {
    return sum(temporaryFiles);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
