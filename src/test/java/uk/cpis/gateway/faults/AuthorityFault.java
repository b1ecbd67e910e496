package uk.cpis.gateway.faults;

/** How the system of an authority may fail, and what the gateway makes of it meanwhile. */
enum AuthorityFault {
  /** Nobody listens. */
  DOWN(Meanwhile.LANE_WAITS, false),
  /** Takes the request and says nothing. */
  STALLED(Meanwhile.LANE_WAITS, true),
  /** The connection stands, but nobody speaks TLS on it. */
  HALF_OPEN(Meanwhile.LANE_WAITS, false),
  /** The connection is reset in the middle of the answer. */
  RESETTING(Meanwhile.LANE_WAITS, true),
  /** The answer comes byte by byte and would take minutes. */
  SLOW_DRIP(Meanwhile.LANE_WAITS, true),
  /** Another authority's certificate. */
  WRONG_CERTIFICATE(Meanwhile.LANE_WAITS, false),
  /** A registered certificate, whose time is over. */
  EXPIRED_CERTIFICATE(Meanwhile.LANE_WAITS, false),
  HTTP_500(Meanwhile.LANE_WAITS, true),
  HTTP_404(Meanwhile.LANE_WAITS, true),
  /** A signed fault that allows another try. */
  SOAP_FAULT(Meanwhile.OTHERS_FLOW, true),
  /** A signed fault that forbids another try. */
  SOAP_REFUSAL(Meanwhile.DEAD_LETTER, true),
  /** Status 200 with text that is no XML. */
  GARBAGE(Meanwhile.OTHERS_FLOW, true),
  /** The answer is right but nobody signed it. */
  UNSIGNED(Meanwhile.OTHERS_FLOW, true),
  /** Somebody altered the answer after it was signed. */
  ALTERED(Meanwhile.OTHERS_FLOW, true),
  TOO_LONG(Meanwhile.OTHERS_FLOW, true),
  /** The same answer twice on one connection. */
  ACKNOWLEDGED_TWICE(Meanwhile.NOTHING, true),
  /** The authority did its work, and the connection ends before the answer. */
  ACKNOWLEDGEMENT_LOST(Meanwhile.LANE_WAITS, true),
  /** Every other connection is reset before the answer. */
  FLAPPING(Meanwhile.NOTHING, true);

  /** What becomes of the notification while the fault lasts. */
  enum Meanwhile {
    /** The whole lane waits, in its order. */
    LANE_WAITS,
    /** This notification is set aside and the lane flows. */
    OTHERS_FLOW,
    /** It is a dead letter, and the lane flows. */
    DEAD_LETTER,
    /** It is settled all the same. */
    NOTHING
  }

  final Meanwhile meanwhile;

  /** Whether the request arrives. */
  final boolean heard;

  AuthorityFault(Meanwhile meanwhile, boolean heard) {
    this.meanwhile = meanwhile;
    this.heard = heard;
  }
}
