package uk.cpis.gateway.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.evidence.Finding;
import uk.cpis.gateway.evidence.Verification;
import uk.cpis.gateway.testing.TestSealing;

/** Checks each exported audit as an auditor would, with the one before as the earlier export. */
final class SealsLook {

  private final List<String> findings = new ArrayList<>();
  private Optional<Path> earlier = Optional.empty();
  private int looks;

  /** What operations answered to an export. */
  void look(JsonNode answer) {
    Path file = Path.of(answer.path("files").path(0).asText("no export: " + answer));
    if (Files.notExists(file)) {
      findings.add(file.toString());
      return;
    }
    new Verification(
            file,
            List.of(TestSealing.certificate()),
            earlier.stream().toList(),
            List.of(),
            Verification.USUALLY_KEPT)
        .report().findings().stream().map(Finding::text).forEach(findings::add);
    earlier.ifPresent(SealsLook::delete);
    earlier = Optional.of(file);
    looks++;
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> findings() {
    return List.copyOf(findings);
  }

  int looks() {
    return looks;
  }
}
