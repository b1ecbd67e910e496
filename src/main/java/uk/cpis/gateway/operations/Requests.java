package uk.cpis.gateway.operations;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.RegisterLoad;
import uk.cpis.gateway.domain.StandingAlert;

/** Which request of an operator asks for what. Safe for several threads. */
final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger("uk.cpis.gateway.operations");

  private static final String CODE = "([A-Za-z0-9]{3,12})";
  private static final Pattern UNKNOWN =
      Pattern.compile("/trust/revocation-unknown/([0-9TZ:.-]{1,40})/(.{1,300})");
  private static final Pattern PROPOSAL = Pattern.compile("/registration/take/([0-9a-z-]{1,80})");
  private static final Pattern RETRY = Pattern.compile("/lanes/" + CODE + "/retry");
  private static final Pattern DEAD_LETTERS = Pattern.compile("/dead-letters/" + CODE);
  private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
  private static final Pattern NOTIFICATION = Pattern.compile("/notifications/" + ID);
  private static final Pattern REFUSAL = Pattern.compile("/refusals/" + ID);
  private static final Pattern DEAD_LETTER = Pattern.compile("/dead-letters/" + ID);
  private static final Pattern SEND_AGAIN = Pattern.compile("/dead-letters/" + ID + "/send-again");
  private static final Pattern SEND_MANY =
      Pattern.compile("/dead-letters(?:/" + CODE + ")?/send-again(?:/([a-z]+))?");
  private static final Pattern RESET = Pattern.compile("/sequences/" + CODE + "/reset");
  private static final Pattern PROVE =
      Pattern.compile(
          "/audit/(prove|request)/([1-9][0-9]{0,17}|" + ID.substring(1, ID.length() - 1) + ")");
  private static final Pattern OPERATOR = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int NOT_USABLE = 422;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;

  private final OwnersWord owner;
  private final Health health;
  private final Deliveries deliveries;
  private final Register register;
  private final Sequences sequences;
  private final Refusals refusals;
  private final Upkeep upkeep;
  private final Registration registration;
  private final Semaphore auditDesk = new Semaphore(1);

  Requests(
      OwnersWord owner,
      Health health,
      Deliveries deliveries,
      Register register,
      Sequences sequences,
      Refusals refusals,
      Upkeep upkeep,
      Registration registration) {
    this.owner = owner;
    this.health = health;
    this.deliveries = deliveries;
    this.register = register;
    this.sequences = sequences;
    this.refusals = refusals;
    this.upkeep = upkeep;
    this.registration = registration;
  }

  /** A status and a value to be written as JSON. */
  record Answer(int status, Object value) {

    /** Something of the gateway's own did not work. */
    static Answer failed(String error) {
      return new Answer(FAILED, Map.of("error", error));
    }
  }

  /**
   * The answer to this.
   *
   * @param operator the name that he gives himself, where he does
   * @param proof the file by which he shows that the gateway's own folder is his, where he does
   * @param address from where he asks
   */
  Answer answer(
      String method,
      String path,
      @Nullable String operator,
      @Nullable String proof,
      String address) {
    return switch (method) {
      case "GET" -> shown(path);
      case "POST" ->
          operator != null && OPERATOR.matcher(operator).matches()
              ? weakens(path) && !owner.holds(proof)
                  ? unproved()
                  : done(path, new Operator(operator, address))
              : new Answer(FORBIDDEN, Map.of("error", "name yourself in the header X-Operator"));
      default -> nothing();
    };
  }

  /** What not everybody who may log in on the host is to have done. */
  private static boolean weakens(String path) {
    return path.equals("/audit/acknowledge") || UNKNOWN.matcher(path).matches();
  }

  private Answer unproved() {
    return new Answer(
        FORBIDDEN,
        Map.of(
            "error",
            "only for who may write into "
                + owner.folder()
                + ": put an empty file asked-UUID there and name it in the header X-Proof",
            "folder",
            owner.folder().toString()));
  }

  private Answer shown(String path) {
    if (path.equals("/health")) {
      Health.State state = health.now();
      return new Answer(state.answering() ? OK : UNAVAILABLE, state);
    }
    if (path.equals("/certificates")) {
      return new Answer(OK, registration.forecast().get());
    }
    if (path.equals("/lanes")) {
      return new Answer(OK, deliveries.lanes().get());
    }
    if (path.equals("/sequences")) {
      return new Answer(OK, sequences.last().get());
    }
    if (path.equals("/alerts")) {
      return new Answer(OK, deliveries.alerts().get().stream().map(Requests::shown).toList());
    }
    if (path.equals("/refusals")) {
      return new Answer(OK, refusals.counts().get());
    }
    Matcher refusal = REFUSAL.matcher(path);
    if (refusal.matches()) {
      return new Answer(OK, refusals.find().apply(UUID.fromString(refusal.group(1))));
    }
    if (path.equals("/dead-letters")) {
      return new Answer(OK, deliveries.letters().counts().get());
    }
    Matcher ofAuthority = DEAD_LETTERS.matcher(path);
    if (ofAuthority.matches()) {
      return lettersOf(new OdsCode(ofAuthority.group(1)));
    }
    Matcher letter = DEAD_LETTER.matcher(path);
    if (letter.matches()) {
      return shown(deliveries.letters().find().apply(notification(letter)));
    }
    Matcher notification = NOTIFICATION.matcher(path);
    return notification.matches()
        ? shown(deliveries.notification().apply(notification(notification)))
        : nothing();
  }

  private Answer lettersOf(OdsCode authority) {
    return known(authority)
        ? new Answer(OK, deliveries.letters().of().apply(authority))
        : noSuchAuthority();
  }

  /** Also one that left the registration, while something is or was owed to it. */
  private boolean known(OdsCode authority) {
    return deliveries.lanes().get().stream().anyMatch(lane -> lane.authority().equals(authority));
  }

  private static Answer shown(Optional<?> found) {
    return found.isPresent() ? new Answer(OK, found.get()) : nothing();
  }

  private static Map<String, Object> shown(StandingAlert alert) {
    return Map.of("code", alert.kind().code(), "subject", alert.subject(), "since", alert.since());
  }

  private static NotificationId notification(Matcher path) {
    return new NotificationId(UUID.fromString(path.group(1)));
  }

  private Answer done(String path, Operator operator) {
    if (path.equals("/sweep")) {
      LOG.info("CPG-OPERATOR-SWEEP by={}", operator);
      return new Answer(OK, upkeep.sweep().apply(operator));
    }
    if (path.equals("/backup")) {
      return backedUp(upkeep.backUp().apply(operator), operator);
    }
    if (path.equals("/registration/load")) {
      return registered(registration.load().apply(operator), operator);
    }
    if (path.equals("/keys/load")) {
      return registered(registration.keys().apply(operator), operator);
    }
    if (path.equals("/trust/revocation-unknown/end")) {
      return registered(registration.unknown().end().apply(operator), operator);
    }
    Matcher unknown = UNKNOWN.matcher(path);
    if (unknown.matches()) {
      return registered(
          registration.unknown().begin().until(unknown.group(1), unknown.group(2), operator),
          operator);
    }
    Matcher proposal = PROPOSAL.matcher(path);
    if (proposal.matches()) {
      return registered(registration.take().apply(proposal.group(1), operator), operator);
    }
    if (path.equals("/audit/acknowledge")) {
      LOG.info("CPG-OPERATOR-AUDIT what=acknowledge by={}", operator);
      return new Answer(OK, Map.of("acknowledged", upkeep.audit().acknowledge().apply(operator)));
    }
    if (path.startsWith("/audit/")) {
      return oneAtATime(path, operator);
    }
    Matcher retry = RETRY.matcher(path);
    if (retry.matches()) {
      return retried(new OdsCode(retry.group(1)), operator);
    }
    if (path.equals("/register/load")) {
      return register
          .load()
          .apply(operator)
          .map(load -> loaded(load, operator))
          .orElse(new Answer(NOT_FOUND, Map.of("error", "there is no cpis.demographics.register")));
    }
    Matcher reset = RESET.matcher(path);
    if (reset.matches()) {
      return reset(new OdsCode(reset.group(1)), operator);
    }
    Matcher one = SEND_AGAIN.matcher(path);
    if (one.matches()) {
      return sentAgain(notification(one), operator);
    }
    Matcher many = SEND_MANY.matcher(path);
    return many.matches() ? sentAgain(many, operator) : nothing();
  }

  /** These take long, and a thread each: what else operators ask must find one. */
  private Answer oneAtATime(String path, Operator operator) {
    if (!auditDesk.tryAcquire()) {
      return new Answer(
          CONFLICT, Map.of("error", "the audit is being written out: ask again when that is done"));
    }
    try {
      return written(path, operator);
    } finally {
      auditDesk.release();
    }
  }

  private Answer written(String path, Operator operator) {
    if (path.equals("/audit/export")) {
      LOG.info("CPG-OPERATOR-AUDIT what=export by={}", operator);
      return written(upkeep.audit().export().apply(operator));
    }
    Matcher prove = PROVE.matcher(path);
    if (!prove.matches()) {
      return nothing();
    }
    LOG.info("CPG-OPERATOR-AUDIT what={} id={} by={}", prove.group(1), prove.group(2), operator);
    AuditDesk desk = upkeep.audit();
    return written(
        (prove.group(1).equals("prove") ? desk.prove() : desk.request())
            .apply(prove.group(2), operator));
  }

  private Answer sentAgain(Matcher many, Operator operator) {
    Optional<OdsCode> authority = Optional.ofNullable(many.group(1)).map(OdsCode::new);
    Optional<String> named = Optional.ofNullable(many.group(2));
    Optional<DeadLetterReason> reason =
        Arrays.stream(DeadLetterReason.values())
            .filter(each -> named.filter(each.name().toLowerCase(Locale.ROOT)::equals).isPresent())
            .findFirst();
    if (named.isPresent() && reason.isEmpty()) {
      return nothing();
    }
    if (authority.filter(each -> !known(each)).isPresent()) {
      return noSuchAuthority();
    }
    long count = deliveries.letters().sendManyAgain().of(authority, reason, operator);
    LOG.info(
        "CPG-OPERATOR-SEND-AGAIN authority={} reason={} count={} by={}",
        authority.map(OdsCode::value).orElse("every"),
        reason.map(DeadLetterReason::name).orElse("any"),
        count,
        operator);
    return new Answer(OK, Map.of("sentAgain", count));
  }

  private Answer retried(OdsCode authority, Operator operator) {
    if (!deliveries.retryNow().test(authority, operator)) {
      return noSuchAuthority();
    }
    LOG.info("CPG-OPERATOR-RETRY authority={} by={}", authority, operator);
    return new Answer(OK, Map.of("retried", authority));
  }

  private static Answer backedUp(BackupOutcome outcome, Operator operator) {
    if (outcome instanceof BackupOutcome.NotConfigured) {
      return new Answer(NOT_FOUND, Map.of("error", "there is no cpis.backup.folder"));
    }
    LOG.info("CPG-OPERATOR-BACKUP by={}", operator);
    return new Answer(outcome instanceof BackupOutcome.Taken ? OK : FAILED, outcome);
  }

  private static Answer written(AuditOutcome outcome) {
    if (outcome instanceof AuditOutcome.NotConfigured) {
      return new Answer(NOT_FOUND, Map.of("error", "there is no cpis.audit.folder"));
    }
    if (outcome instanceof AuditOutcome.NotThere) {
      return new Answer(NOT_FOUND, Map.of("error", "there is no such record in the audit"));
    }
    return new Answer(outcome instanceof AuditOutcome.Written ? OK : FAILED, outcome);
  }

  private Answer sentAgain(NotificationId id, Operator operator) {
    return switch (deliveries.letters().sendAgain().apply(id, operator)) {
      case NONE -> new Answer(NOT_FOUND, Map.of("error", "is no dead letter any more"));
      case COLLECTED ->
          new Answer(CONFLICT, Map.of("error", "waits in the mailbox: its authority collects"));
      case SENT -> {
        LOG.info("CPG-OPERATOR-SEND-AGAIN notification={} by={}", id, operator);
        yield new Answer(OK, Map.of("sentAgain", id));
      }
    };
  }

  private Answer reset(OdsCode authority, Operator operator) {
    Optional<OptionalLong> last = sequences.reset().apply(authority, operator);
    if (last.isEmpty()) {
      return noSuchAuthority();
    }
    LOG.info("CPG-OPERATOR-SEQUENCE-RESET authority={} by={}", authority, operator);
    return new Answer(OK, Map.of("reset", authority, "lastNumber", last.get()));
  }

  private static Answer loaded(RegisterLoad load, Operator operator) {
    LOG.info("CPG-OPERATOR-REGISTER {} by={}", load, operator);
    return new Answer(load instanceof RegisterLoad.Loaded ? OK : NOT_USABLE, load);
  }

  private static Answer registered(RegistrationOutcome outcome, Operator operator) {
    LOG.info(
        "CPG-OPERATOR-REGISTRATION taken={} by={}",
        outcome instanceof RegistrationOutcome.Taken,
        operator);
    return new Answer(outcome instanceof RegistrationOutcome.Taken ? OK : NOT_USABLE, outcome);
  }

  private static Answer noSuchAuthority() {
    return new Answer(NOT_FOUND, Map.of("error", "there is no such authority"));
  }

  private static Answer nothing() {
    return new Answer(NOT_FOUND, Map.of("error", "there is nothing here"));
  }
}
