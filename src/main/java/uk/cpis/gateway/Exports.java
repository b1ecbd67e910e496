package uk.cpis.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.store.Export;
import uk.cpis.gateway.store.Store;

/** Writes all data of a store to files that anybody can read, while no gateway runs. */
public final class Exports {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Exports() {}

  /** Into an empty folder that only its owner may open; the audit keeps who did it. */
  public static List<Export.Table> into(
      Path folder, GatewayConfig settings, Operator operator, InstantSource clock) {
    try (Store store = Store.existing(Settings.ofStore(settings.store()))) {
      OwnerOnly.folder(folder);
      refuseUnfit(folder);
      Audit audit = new Audit(store, clock, UUID::randomUUID, PATIENCE);
      audit.recordOperation(operator, AuditEvent.STORE_EXPORTED, "BEGUN");
      List<Export.Table> tables = store.read(tx -> tx.export().into(folder, clock.instant()));
      audit.recordOperation(operator, AuditEvent.STORE_EXPORTED, "DONE " + plans(tables));
      return tables;
    }
  }

  private static String plans(List<Export.Table> tables) {
    return tables.stream()
        .filter(table -> table.name().equalsIgnoreCase("plan"))
        .map(table -> table.rows() + " RECORDS OF PEOPLE")
        .findFirst()
        .orElse("");
  }

  private static void refuseUnfit(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      if (!OwnerOnly.isClosed(folder)) {
        throw new ConfigException(
            List.of(folder + ": others than its owner may open it; an export goes nowhere else"));
      }
      if (files.findAny().isPresent()) {
        throw new ConfigException(List.of(folder + ": an export goes into an empty folder"));
      }
    } catch (IOException e) {
      throw new ConfigException(List.of(folder + ": cannot look into it"));
    }
  }
}
