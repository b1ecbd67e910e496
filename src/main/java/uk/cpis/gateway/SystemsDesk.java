package uk.cpis.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.store.Store;

/**
 * What commands do with the registered systems: they propose, and a running gateway takes it, or
 * the command itself while none runs. Either way the audit keeps who did it.
 */
public final class SystemsDesk {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final GatewayConfig settings;
  private final Path folder;

  /** The systems that are registered in the folder of this configuration. */
  public SystemsDesk(GatewayConfig settings) {
    this.settings = settings;
    this.folder = settings.directory().folder();
  }

  /** Those in the file now. */
  public List<RegisteredSystem> systems() {
    try {
      return Registrations.read(folder).systems();
    } catch (RegistrationException e) {
      throw new ConfigException(e.faults());
    }
  }

  /**
   * Proposes the systems as this makes them; what the proposal is called. Throws with every fault
   * of it.
   */
  public String propose(UnaryOperator<List<RegisteredSystem>> change) {
    try {
      Proposal proposal = Proposal.in(folder);
      proposal.write(folder, change.apply(systems()));
      return proposal.name();
    } catch (RegistrationException e) {
      throw new ConfigException(e.faults());
    }
  }

  /**
   * Takes what was proposed, in this operator's name, while no gateway runs; whether anything is
   * other than before.
   */
  public boolean takeWhileStopped(String name, Operator operator, InstantSource clock) {
    Proposal proposal = new Proposal(name);
    Set<RegisteredSystem> before = Set.copyOf(systems());
    try (Store store = Store.existing(Settings.ofStore(settings.store()))) {
      RegistrationAudit audit =
          new RegistrationAudit(store, new Audit(store, clock, UUID::randomUUID, PATIENCE));
      proposal.take(folder, proposed -> audit.keep(proposed, operator));
    } catch (RegistrationException e) {
      proposal.discard(folder);
      throw new ConfigException(e.faults());
    }
    return !before.equals(Set.copyOf(systems()));
  }
}
