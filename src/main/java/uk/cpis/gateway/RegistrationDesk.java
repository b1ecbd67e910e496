package uk.cpis.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.store.Store;

/**
 * What commands do with the registered systems and authorities: they propose, and a running gateway
 * takes it, or the command itself while none runs. Either way the audit keeps who did it.
 */
public final class RegistrationDesk<T> {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final GatewayConfig settings;
  private final Path folder;
  private final RegisterFile<T> file;

  /** Those in this file of the registration of this configuration. */
  public RegistrationDesk(GatewayConfig settings, RegisterFile<T> file) {
    this.settings = settings;
    this.folder = settings.directory().folder();
    this.file = file;
  }

  /** Those in the file now. */
  public List<T> all() {
    try {
      return file.of(Registrations.read(folder));
    } catch (RegistrationException e) {
      throw new ConfigException(e.faults());
    }
  }

  /**
   * Proposes them as this makes them; what the proposal is called. Throws with every fault of it, a
   * {@link RegistrationException}.
   */
  public String propose(UnaryOperator<List<T>> change) {
    Proposal<T> proposal = Proposal.in(folder, file);
    proposal.write(folder, change.apply(all()));
    return proposal.name();
  }

  /**
   * Takes what was proposed, in this operator's name, while no gateway runs; whether anything is
   * other than before. What the files had changed before is not kept in his name. Throws with every
   * fault of it, a {@link RegistrationException}.
   */
  public boolean takeWhileStopped(String name, Operator operator, InstantSource clock) {
    Proposal<?> proposal = Proposal.named(name).orElseThrow();
    Set<T> before = Set.copyOf(all());
    try (Store store = Store.existing(Settings.ofStore(settings.store()))) {
      RegistrationAudit audit =
          new RegistrationAudit(store, new Audit(store, clock, UUID::randomUUID, PATIENCE));
      audit.keep(Registrations.read(folder), RegistrationAudit.FILES);
      proposal.take(folder, proposed -> audit.keep(proposed, operator));
    } catch (RegistrationException e) {
      proposal.discard(folder);
      throw e;
    }
    return !before.equals(Set.copyOf(all()));
  }
}
