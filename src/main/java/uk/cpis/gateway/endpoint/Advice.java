package uk.cpis.gateway.endpoint;

import uk.cpis.gateway.domain.RejectionReason;

/** What an operator is told of a refusal by a rule: what would have passed, and what to do. */
record Advice(String required, String remedy) {

  static final Advice SCHEMA =
      new Advice(
          "a body that conforms to the contract's schema",
          "Validate the sender's message against the schema; the place and the rule of XML Schema"
              + " are named.");

  static final Advice BROKEN =
      new Advice("a gateway without faults", "Report it with the places named; it is our fault.");

  private static final String REGISTRATION = "Compare the sender's line in systems.json";
  private static final String AGAIN = "The sender may send the same message again";

  static Advice on(RejectionReason reason) {
    return switch (reason) {
      case SENDER_NOT_RECOGNISED ->
          new Advice(
              "a TLS certificate, a signing certificate and an ASID of one registered system",
              REGISTRATION
                  + " with the fingerprints and the ASID named; register what is missing,"
                  + " or ask the sender which keys it uses.");
      case WRONG_RECEIVER ->
          new Advice("this gateway's own ASID as the receiver", "Let the client name our ASID.");
      case INTERACTION_NOT_ALLOWED ->
          new Advice(
              "an interaction that the system is registered for",
              REGISTRATION
                  + ": interactions; a mailbox is only for an authority that authorities.csv lists"
                  + " with pull.");
      case ORGANISATION_NOT_ALLOWED ->
          new Advice(
              "an organisation that the system is registered to speak for (rules 2 and 10)",
              REGISTRATION + ": organisations and local authority.");
      case DEVICE_NOT_SENDER ->
          new Advice(
              "a device's query under its own system's ASID (rule 2)",
              "Let the client give its own ASID as the author.");
      case ACTIVITY_NOT_ALLOWED ->
          new Advice(
              "an activity code that the system holds, in this care setting (rule 3)",
              REGISTRATION
                  + ": activity codes; B0170, without notification, is for scheduled care only.");
      case AUTHOR_NOT_EXACTLY_ONE ->
          new Advice("a person or a device as the author (rule 2)", "Let the client give one.");
      case NHS_NUMBER_NOT_VALID ->
          new Advice(
              "an NHS number whose check digit fits (rule 1)",
              "Let the client check numbers before it asks.");
      case PAGE_TOKEN_NOT_VALID ->
          new Advice("a page token that this gateway gave", "Let the client begin at page one.");
      case MESSAGE_ID_REUSED ->
          new Advice(
              "a message id that was not used for other content",
              "Let the client make a new id for each new message; see testers' notes on stored"
                  + " messages.");
      case QUERY_REPEATED_TOO_LATE ->
          new Advice(
              "a query repeated within ten minutes of its answer",
              "Let the client ask again under a new message id.");
      case NO_RECORD_HELD ->
          new Advice(
              "a visible record of the person, of the authority that asks (rule 20)",
              "None: the authority may not read this history now.");
      case BUSY -> new Advice("room for one more request", AGAIN + "; see health and the lanes.");
      case STORE_UNAVAILABLE ->
          new Advice("a store that answers", AGAIN + "; see health and the store's messages.");
      case STORE_FULL -> new Advice("room on the store's disk", AGAIN + "; make room on the disk.");
    };
  }
}
