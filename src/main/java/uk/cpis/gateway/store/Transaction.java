package uk.cpis.gateway.store;

/**
 * One transaction: the tables as it sees them. Belongs to one thread, and ends with the function it
 * was given to. What it appends to the audit or owes is numbered by the {@link CommitWriter} after
 * the commit.
 */
public final class Transaction {

  private final Sql sql;
  private final Unnumbered unnumbered = new Unnumbered();
  private boolean undone;

  Transaction(Sql sql) {
    this.sql = sql;
  }

  Unnumbered unnumbered() {
    return unnumbered;
  }

  boolean undone() {
    return undone;
  }

  /** Has all that was done here undone in place of committed, when the function returns. */
  public void undo() {
    undone = true;
  }

  public Authorities authorities() {
    return new Authorities(sql);
  }

  public RegisteredForms registration() {
    return new RegisteredForms(sql);
  }

  public Plans plans() {
    return new Plans(sql);
  }

  public Messages messages() {
    return new Messages(sql);
  }

  public Submissions submissions() {
    return new Submissions(sql);
  }

  public Standings standings() {
    return new Standings(sql);
  }

  public People people() {
    return new People(sql);
  }

  public Audit audit() {
    return new Audit(sql, unnumbered);
  }

  /** The audit as it is sealed. */
  public AuditSeals seals() {
    return new AuditSeals(sql);
  }

  public SealAlarms sealAlarms() {
    return new SealAlarms(sql);
  }

  public Runs runs() {
    return new Runs(sql);
  }

  public KeptMessages keptMessages() {
    return new KeptMessages(sql);
  }

  public Accesses accesses() {
    return new Accesses(sql);
  }

  public Owed owed() {
    return new Owed(sql, unnumbered);
  }

  public Births births() {
    return new Births(sql);
  }

  public Settlements settlements() {
    return new Settlements(sql);
  }

  public DeadLetters deadLetters() {
    return new DeadLetters(sql);
  }

  public SendAgainWishes sendAgainWishes() {
    return new SendAgainWishes(sql);
  }

  public Alerts alerts() {
    return new Alerts(sql);
  }

  public QueryHours queryHours() {
    return new QueryHours(sql);
  }

  public Attempts attempts() {
    return new Attempts(sql);
  }

  public Watermark watermark() {
    return new Watermark(sql);
  }

  public Refusals refusals() {
    return new Refusals(sql);
  }

  public Retention retention() {
    return new Retention(sql);
  }

  public Export export() {
    return new Export(sql);
  }

  public Restorations restorations() {
    return new Restorations(sql);
  }

  Copying copying() {
    return new Copying(sql);
  }

  public RecheckPosition recheckPosition() {
    return new RecheckPosition(sql);
  }
}
