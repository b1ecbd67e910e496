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
  HOLDINGS_READ,
  HISTORY_READ,
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
  /** An operator had all data written to files. */
  STORE_EXPORTED,
  /** An operator had the store encrypted with another key; the outcome says how far it came. */
  STORE_KEY_CHANGED,
  /** An operator had the audit written to a file that can be checked. */
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
  /** An operator's change of the registration was refused for its faults. */
  REGISTRATION_REFUSED,
  /** One of the gateway's own keys was changed; the outcome is a digest of the change. */
  KEY_CHANGED,
  /** A CA is believed from now on, or no longer; the outcome is a digest of the change. */
  ANCHORS_CHANGED,
  /** A message of an identified sender was refused; the outcome names the reason. */
  MESSAGE_REFUSED
}
