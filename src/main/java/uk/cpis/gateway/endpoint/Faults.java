package uk.cpis.gateway.endpoint;

import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.endpoint.FaultText.SpineCode;
import uk.cpis.gateway.security.RefusalCause;

/**
 * What senders are told of each refusal; the only place that knows. The texts are constant: nothing
 * of a message is ever repeated.
 */
final class Faults {

  static final FaultText NOT_THE_CONTRACT =
      FaultText.malformed(
          "CPG-701", "Body", "The body of the message does not conform to the schema.");

  static final FaultText UNEXPECTED =
      FaultText.failed(
          SpineCode.SYSTEM_FAILURE,
          "CPG-801",
          "The gateway could not deal with the message; nothing is known about what it asked."
              + " Quote the reference to the gateway's operator.");

  static final FaultText NO_SUCH_DOCUMENT =
      FaultText.refused("CPG-802", "query string", "The contract has no document of this name.");

  private Faults() {}

  static FaultText of(RejectionReason reason) {
    return switch (reason) {
      case SENDER_NOT_RECOGNISED ->
          FaultText.refused(
              "CPG-601",
              "systems/senderAsid",
              "The TLS certificate, the signing certificate and the sender's ASID are not those of"
                  + " one registered system.");
      case WRONG_RECEIVER ->
          FaultText.refused(
              "CPG-602", "systems/receiverAsid", "The receiver's ASID is not this gateway's.");
      case INTERACTION_NOT_ALLOWED ->
          FaultText.refused(
              "CPG-603", "Body", "The sending system is not registered for this interaction.");
      case ORGANISATION_NOT_ALLOWED ->
          FaultText.refused(
              "CPG-604",
              "Body",
              "The sending system is not registered for the organisation that the message names"
                  + " (rules 2 and 10).");
      case DEVICE_NOT_SENDER ->
          FaultText.refused(
              "CPG-605",
              "author/device/asid",
              "A device asks under its own system's ASID only (rule 2).");
      case ACTIVITY_NOT_ALLOWED ->
          FaultText.refused(
              "CPG-606",
              "activityCode",
              "The activity code is not allowed to this system, or not in this care setting"
                  + " (rule 3).");
      case AUTHOR_NOT_EXACTLY_ONE ->
          FaultText.malformed(
              "CPG-607", "author", "The author is either a person or a device (rule 2).");
      case NHS_NUMBER_NOT_VALID ->
          FaultText.malformed(
              "CPG-608", "nhsNumber", "The check digit of the NHS number is wrong (rule 1).");
      case PAGE_TOKEN_NOT_VALID ->
          FaultText.malformed(
              "CPG-609", "pageToken", "The page token is not one that this gateway gave.");
      case MESSAGE_ID_REUSED ->
          FaultText.refused(
              "CPG-610",
              "MessageID",
              "The message id was used before, for other content. A new message needs a new id.");
      case QUERY_REPEATED_TOO_LATE ->
          FaultText.refused(
              "CPG-611",
              "MessageID",
              "This query was answered more than 10 minutes ago. Ask again with a new message id.");
      case NO_RECORD_HELD ->
          FaultText.refused(
              "CPG-612",
              "nhsNumber",
              "The local authority holds no visible record of this person (rule 20).");
      case BUSY ->
          FaultText.failed(
              SpineCode.SYSTEM_FAILURE,
              "CPG-613",
              "Too much work is waiting. Send the same message again soon.");
      case STORE_UNAVAILABLE ->
          FaultText.failed(
              SpineCode.STORAGE,
              "CPG-614",
              "The gateway's store is not available. Send the same message again later.");
      case STORE_FULL ->
          FaultText.failed(
              SpineCode.SYSTEM_FAILURE,
              "CPG-615",
              "The gateway's store has no room left. Send the same message again later.");
    };
  }

  /** A security refusal says the same for every cause; the others say what to mend. */
  static FaultText of(RefusalCause cause) {
    FaultText told =
        switch (cause.kind()) {
          case MALFORMED -> FaultText.malformed("CPG-702", "message", cause.callerText());
          case VERSION_MISMATCH -> FaultText.malformed("CPG-703", "Envelope", cause.callerText());
          case NOT_UNDERSTOOD -> FaultText.malformed("CPG-704", "Header", cause.callerText());
          case STALE -> FaultText.refused("CPG-705", "Security/Timestamp", cause.callerText());
          case SECURITY -> FaultText.refused("CPG-706", "Security", cause.callerText());
        };
    return told.withFaultCode(cause.kind().faultCode());
  }
}
