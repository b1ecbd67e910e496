package uk.cpis.gateway;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.csv.CsvException;
import uk.cpis.gateway.demographics.ClientCredentials;
import uk.cpis.gateway.demographics.ClientSettings;
import uk.cpis.gateway.demographics.Demographics;
import uk.cpis.gateway.demographics.LocalRegister;
import uk.cpis.gateway.demographics.NoTokens;
import uk.cpis.gateway.demographics.Pds;
import uk.cpis.gateway.demographics.PdsSettings;
import uk.cpis.gateway.demographics.Recheck;
import uk.cpis.gateway.demographics.RecheckSettings;
import uk.cpis.gateway.demographics.TokenFile;
import uk.cpis.gateway.demographics.Tokens;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.RegisterLoad;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.operations.Register;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.KeyMaterialException;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/** Puts together where NHS numbers are looked up and where news of them come from. */
final class Demography {

  private static final Logger LOG = LoggerFactory.getLogger(Demography.class);

  private final Demographics lookUps;
  private final Register register;
  private final Health.Check check;

  private Demography(Demographics lookUps, Register register, Health.Check check) {
    this.lookUps = lookUps;
    this.register = register;
    this.check = check;
  }

  /** PDS where it is configured, else the local register; either tells its news. */
  static Demography open(
      Opening opening, Ground ground, BiConsumer<Transaction, DemographicEvent> told) {
    GatewayConfig.Demographics settings = opening.settings().demographics();
    Store store = ground.store();
    return settings.pds().address().isPresent()
        ? ofPds(settings.pds(), store, told, opening)
        : ofRegister(settings.register(), new LocalRegister(store, told), ground.audit());
  }

  /** Reads the keys of the settings as {@link #open} would, and throws as it would. */
  static void check(GatewayConfig.Demographics settings, InstantSource clock) {
    if (settings.pds().address().isPresent()) {
      pds(settings.pds(), clock).close();
    }
  }

  Demographics lookUps() {
    return lookUps;
  }

  /** What operations may have done to the register. */
  Register register() {
    return register;
  }

  /** Without demographics updates wait with their senders; queries do not need them. */
  Health.Check check() {
    return check;
  }

  /**
   * Loads the register's file, where one is configured; the first start does so before any plan is
   * held, a later one takes what changed while the gateway was down. Throws when it has a fault.
   */
  private static Demography ofRegister(Optional<Path> file, LocalRegister register, Audit audit) {
    file.map(register::load).ifPresent(Demography::log);
    if (file.isEmpty()) {
      LOG.warn("no demographics are configured; numbers are looked up in what was loaded before");
    }
    return new Demography(
        register,
        new Register(operator -> file.map(path -> loadAgain(register, path, operator, audit))),
        new Health.Check("demographics", false, Optional::empty));
  }

  private static RegisterLoad loadAgain(
      LocalRegister register, Path path, Operator operator, Audit audit) {
    RegisterLoad load = tried(register, path);
    String outcome = load instanceof RegisterLoad.Loaded ? "LOADED" : "REFUSED";
    audit.recordOperation(operator, AuditEvent.REGISTER_LOADED, outcome);
    return load;
  }

  private static RegisterLoad tried(LocalRegister register, Path path) {
    try {
      return register.load(path);
    } catch (CsvException faulty) {
      return new RegisterLoad.Refused(faulty.faults());
    }
  }

  private static void log(RegisterLoad.Loaded load) {
    LOG.info("the local register: {} people new, {} changed", load.added(), load.changed());
  }

  /** The re-check is closed after PDS, so that no answer is waited for. */
  private static Demography ofPds(
      GatewayConfig.Pds settings,
      Store store,
      BiConsumer<Transaction, DemographicEvent> told,
      Opening opening) {
    InstantSource clock = opening.clock();
    Pds pds = pds(settings, clock);
    RecheckSettings pace = new RecheckSettings(settings.recheckPage(), settings.recheckPause());
    opening.opened(Recheck.open(store, pds, told, pace, clock));
    opening.opened(pds);
    return new Demography(
        pds,
        new Register(operator -> Optional.empty()),
        new Health.Check("demographics", false, pds::fault));
  }

  private static Pds pds(GatewayConfig.Pds settings, InstantSource clock) {
    try {
      TlsEndpoint tls = TlsEndpoint.withoutCertificate(settings.roots().orElse(List.of()));
      return new Pds(
          new PdsSettings(
              settings.address().orElseThrow(),
              settings.connectTimeout(),
              settings.deadline(),
              settings.parallel()),
          tls.context(),
          tls.parameters(),
          tokens(settings, tls, clock),
          UUID::randomUUID);
    } catch (KeyMaterialException unusable) {
      throw new ConfigException(List.of("cpis.demographics.pds: " + unusable.getMessage()));
    }
  }

  private static Tokens tokens(GatewayConfig.Pds settings, TlsEndpoint tls, InstantSource clock) {
    if (settings.tokenFile().isPresent()) {
      return new TokenFile(settings.tokenFile().get());
    }
    if (settings.tokenAddress().isEmpty()) {
      return new NoTokens();
    }
    return new ClientCredentials(
        new ClientSettings(
            settings.tokenAddress().get(),
            settings.client().orElseThrow(),
            settings.keyId().orElseThrow(),
            KeyMaterial.rsaKey(settings.keyFile().orElseThrow())),
        tls.context(),
        tls.parameters(),
        settings.connectTimeout(),
        clock,
        UUID::randomUUID);
  }
}
