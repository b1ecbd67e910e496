package uk.cpis.gateway;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the program while there are files to open. The virtual machine opens archives and classes
 * when they are first needed, and what it cannot open then, because the process has no file left,
 * it takes for missing ever after: what used it stays broken until a new start.
 */
final class WholeProgram {

  private static final Logger LOG = LoggerFactory.getLogger(WholeProgram.class);

  /** What runs beside a gateway, not in it. */
  private static final List<String> BESIDE_IT = List.of("cli", "bench", "simulator", "soapui");

  private static final String NOBODY_HAS_IT = "uk/cpis/gateway/nobody-has-it";
  private static final String CLASS = ".class";

  private WholeProgram() {}

  /** Opens every archive of the class path and loads every class of the gateway's own. */
  static void load() {
    try {
      Gateway.class.getClassLoader().getResources(NOBODY_HAS_IT);
      Path place =
          Path.of(Gateway.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        loadBelow(place);
      } else {
        loadArchive(place);
      }
    } catch (IOException | URISyntaxException e) {
      LOG.warn("the program could not be loaded beforehand; it is loaded bit by bit", e);
    }
  }

  private static void loadArchive(Path archive) throws IOException {
    try (FileSystem inside = FileSystems.newFileSystem(archive)) {
      loadBelow(inside.getPath("/"));
    }
  }

  private static void loadBelow(Path root) throws IOException {
    String own = Gateway.class.getPackageName().replace('.', '/');
    try (Stream<Path> files = Files.walk(root.resolve(own))) {
      files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(CLASS))
          .filter(name -> BESIDE_IT.stream().noneMatch(each -> name.startsWith(own + "/" + each)))
          .forEach(name -> load(name.substring(0, name.length() - CLASS.length())));
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name.replace('/', '.'), false, Gateway.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.warn("{} could not be loaded beforehand", name, e);
    }
  }
}
