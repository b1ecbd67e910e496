package uk.cpis.gateway.domain;

/** What the audit records: each accepted message, each refusal of an identified sender. */
public enum AuditEvent {
  /** A look at a person's records was answered: an access, whether anything was found or not. */
  QUERY_ANSWERED,
  /** The same query again, answered from its first access or refused as too late. */
  QUERY_REPEATED,
  UPDATE_ACKNOWLEDGED,
  DELETE_ACKNOWLEDGED,
  /** The same submission again, answered with its first acknowledgement. */
  SUBMISSION_REPEATED,
  /** One record was removed by its authority (cpis.md rule 12). */
  PLAN_DELETED,
  /** One record left the store, its 12 months having passed (cpis.md rule 6). */
  PLAN_PURGED,
  /** Demographics said that a number stands otherwise; the outcome names how (rules 14, 19). */
  NUMBER_STANDING_CHANGED,
  /** Demographics reported a birth to a mother with an unborn child's plan (cpis.md rule 15). */
  BIRTH_REPORTED,
  /**
   * An authority was shown a page of its own records; the outcome has how many, and the beginning
   * of a digest of whose they are and of which kind.
   */
  HOLDINGS_READ,
  HISTORY_READ,
  /**
   * An authority was handed out what waited for it; the outcome has how many, and the first and
   * last of its numbers, by which each leads to its cause in the audit.
   */
  NOTIFICATIONS_COLLECTED,
  NOTIFICATIONS_ACKNOWLEDGED,
  /** An operator had an authority's sequence of submissions begin anew (cpis.md rule 18). */
  SEQUENCE_RESET,
  /** An operator had what waits for an authority tried at once. */
  LANE_RETRIED,
  /** An operator had retention sweep the store now. */
  RETENTION_SWEPT,
  /** An operator had the file of the local register loaded again. */
  REGISTER_LOADED,
  /** An operator had a backup of the store taken, or the schedule had. */
  STORE_BACKED_UP,
  /** This store was made of a backup; the outcome names when that was taken. */
  STORE_RESTORED,
  /**
   * An operator had all data written to files, begun and done: every person of whom records were
   * held then, and how many records.
   */
  STORE_EXPORTED,
  /** An operator had the store encrypted with another key; the outcome says how far it came. */
  STORE_KEY_CHANGED,
  /** An operator had the audit written to a file that can be checked, begun and done. */
  AUDIT_EXPORTED,
  /** An operator had one record of the audit, which the outcome names, written with its proof. */
  AUDIT_PROVED,
  /** An operator had what is kept of a request written; the outcome names the record. */
  REQUEST_SHOWN,
  /** Records of the audit left the store, their time having passed; the outcome names them. */
  AUDIT_EXPIRED,
  /**
   * An operator had dead letters sent again; the outcome names the reason they were given up for,
   * or that it was one.
   */
  DEAD_LETTERS_SENT_AGAIN,
  /** The registration was seen for the first time; the outcome is a digest of all of it. */
  REGISTRATION_FIRST_SEEN,
  /** A system, an authority or a site was registered; the outcome is a digest of the change. */
  REGISTRATION_ADDED,
  /** A registration was changed; the outcome is a digest of the change. */
  REGISTRATION_CHANGED,
  /** A system, an authority or a site was taken out; the outcome is a digest of the change. */
  REGISTRATION_REMOVED,
  /** An operator had the registration read again, and nothing in it was other than before. */
  REGISTRATION_LOADED,
  /** An operator's change of the registration was refused for its faults. */
  REGISTRATION_REFUSED,
  /** One of the gateway's own keys was changed; the outcome is a digest of the change. */
  KEY_CHANGED,
  /** A CA is believed from now on, or no longer; the outcome is a digest of the change. */
  ANCHORS_CHANGED,
  /**
   * The gateway was started; the outcome says how the run before ended (CLEAN, AFTER_CRASH, FIRST),
   * the version, and a digest of the configuration without its secret.
   */
  GATEWAY_STARTED,
  /**
   * The gateway stopped in order (IN_ORDER), or could not be opened whole and never served
   * (NOT_SERVING). A run that was killed has none.
   */
  GATEWAY_STOPPED,
  /**
   * At a start the store lacked the seal that was made last, or had another: the outcome names it.
   */
  SEALS_MISSING,
  /** An operator has seen that seals were missing; the outcome names them. */
  SEALS_MISSING_ACKNOWLEDGED,
  /** Keys or CAs in the files were refused for their faults, and those before count. */
  KEYS_REFUSED,
  /**
   * An operator had certificates pass for a while whose revocation is unknown, or no longer; the
   * outcome is a digest of the change.
   */
  REVOCATION_UNKNOWN_CHANGED,
  /** An operator wanted just that and was refused for the faults in what he asked. */
  REVOCATION_UNKNOWN_REFUSED,
  /** A message of an identified sender was refused; the outcome names the reason. */
  MESSAGE_REFUSED
}
