package uk.cpis.gateway;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.csv.CsvException;
import uk.cpis.gateway.demographics.Demographics;
import uk.cpis.gateway.demographics.LocalRegister;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.RegisterLoad;
import uk.cpis.gateway.operations.Register;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/** Puts together where NHS numbers are looked up and where news of them come from. */
final class Demography {

  private static final Logger LOG = LoggerFactory.getLogger(Demography.class);

  private final LocalRegister register;
  private final Optional<Path> file;

  private Demography(LocalRegister register, Optional<Path> file) {
    this.register = register;
    this.file = file;
  }

  /**
   * Loads the register's file, where one is configured; the first start does so before any plan is
   * held, a later one takes what changed while the gateway was down. Throws when it has a fault.
   */
  static Demography open(
      GatewayConfig.Demographics settings,
      Store store,
      BiConsumer<Transaction, DemographicEvent> told) {
    LocalRegister register = new LocalRegister(store, told);
    settings.register().map(register::load).ifPresent(Demography::log);
    if (settings.register().isEmpty()) {
      LOG.warn("no demographics are configured; numbers are looked up in what was loaded before");
    }
    return new Demography(register, settings.register());
  }

  Demographics lookUps() {
    return register;
  }

  /** What operations may have done to the register; each try is audited. */
  Register operated(Audit audit) {
    return new Register(operator -> file.map(path -> loadAgain(path, operator, audit)));
  }

  private RegisterLoad loadAgain(Path path, String operator, Audit audit) {
    RegisterLoad load = tried(path);
    String outcome = load instanceof RegisterLoad.Loaded ? "LOADED" : "REFUSED";
    audit.recordOperation(operator, AuditEvent.REGISTER_LOADED, outcome);
    return load;
  }

  private RegisterLoad tried(Path path) {
    try {
      return register.load(path);
    } catch (CsvException faulty) {
      return new RegisterLoad.Refused(faulty.faults());
    }
  }

  private static void log(RegisterLoad.Loaded load) {
    LOG.info("the local register: {} people new, {} changed", load.added(), load.changed());
  }
}
