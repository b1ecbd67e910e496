package uk.cpis.gateway.domain;

/** What a notification tells the authority. */
public enum NotificationKind {
  ACCESS(Interaction.ACCESS_NOTIFICATION),
  INACTIVE_NUMBER(Interaction.INACTIVE_NUMBER_NOTIFICATION),
  BIRTH(Interaction.BIRTH_NOTIFICATION),
  WITHDRAWAL(Interaction.WITHDRAWAL_NOTIFICATION);

  private final Interaction interaction;

  NotificationKind(Interaction interaction) {
    this.interaction = interaction;
  }

  public Interaction interaction() {
    return interaction;
  }
}
