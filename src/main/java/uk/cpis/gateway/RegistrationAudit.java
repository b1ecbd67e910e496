package uk.cpis.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.Digest;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.RegistrationForms;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.domain.RegistrationChange;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * Compares what is registered with what was when somebody looked last, and keeps what differs in
 * the audit: whoever changed it, in whichever way, while the gateway ran or stood.
 */
final class RegistrationAudit {

  /** Who is named where nobody said who changed the files. */
  static final Operator FILES = Operator.itself("files");

  private final Store store;
  private final Audit audit;

  RegistrationAudit(Store store, Audit audit) {
    this.store = store;
    this.audit = audit;
  }

  /** Keeps the changes in this name, with the authorities' own rows; what changed. */
  List<RegistrationChange> keep(Registrations now, Operator operator) {
    Map<Registered, String> forms = RegistrationForms.of(now);
    return store.inTransaction(
        tx -> {
          Directory.keep(now, tx);
          return keep(tx, Registered.Kind.OF_PARTNERS, forms, operator);
        });
  }

  /** Keeps the changes of the gateway's own keys and of the CAs in this name; what changed. */
  List<RegistrationChange> keep(Map<Registered, String> keysAndAnchors, Operator operator) {
    return store.inTransaction(
        tx -> keep(tx, Registered.Kind.OF_ITS_OWN, keysAndAnchors, operator));
  }

  /** Keeps that this one is so from now on, or no longer, in this name; what changed. */
  Optional<RegistrationChange> keep(
      Registered registered, Optional<String> form, Operator operator) {
    return store.inTransaction(
        tx -> {
          Optional<String> before = form(tx, registered);
          if (before.equals(form)) {
            return Optional.empty();
          }
          RegistrationChange change = RegistrationChange.between(registered, before, form);
          tx.registration().put(registered, form);
          audit.appendRegistration(tx, operator, change);
          return Optional.of(change);
        });
  }

  /** How this one was kept last. */
  Optional<String> form(Registered registered) {
    return store.read(tx -> form(tx, registered));
  }

  private static Optional<String> form(Transaction tx, Registered registered) {
    return Optional.ofNullable(tx.registration().all().get(registered));
  }

  /** Keeps that what this operator brought, or the files held, was refused. */
  void refused(AuditEvent event, Operator operator) {
    audit.recordOperation(operator, event, "FAULTS");
  }

  private List<RegistrationChange> keep(
      Transaction tx,
      Set<Registered.Kind> kinds,
      Map<Registered, String> forms,
      Operator operator) {
    Map<Registered, String> before = tx.registration().all();
    before.keySet().removeIf(each -> !kinds.contains(each.kind()));
    if (before.isEmpty()) {
      tx.registration().begin(forms);
      audit.appendOperation(
          tx, operator, AuditEvent.REGISTRATION_FIRST_SEEN, Digest.beginning(forms.toString()));
      return List.of();
    }
    List<RegistrationChange> changes = changes(before, forms);
    for (RegistrationChange change : changes) {
      Registered registered = change.registered();
      tx.registration().put(registered, Optional.ofNullable(forms.get(registered)));
      audit.appendRegistration(tx, operator, change);
    }
    return changes;
  }

  static List<RegistrationChange> changes(
      Map<Registered, String> before, Map<Registered, String> now) {
    Set<Registered> all = new TreeSet<>(before.keySet());
    all.addAll(now.keySet());
    List<RegistrationChange> changes = new ArrayList<>();
    for (Registered each : all) {
      Optional<String> old = Optional.ofNullable(before.get(each));
      Optional<String> current = Optional.ofNullable(now.get(each));
      if (!old.equals(current)) {
        changes.add(RegistrationChange.between(each, old, current));
      }
    }
    return changes;
  }
}
