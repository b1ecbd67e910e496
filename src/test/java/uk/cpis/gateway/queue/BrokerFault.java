package uk.cpis.gateway.queue;

/** Breaks the broker of running lanes, as a full disk would. */
public final class BrokerFault {

  private BrokerFault() {}

  /** The broker stops while everybody still uses it. */
  public static void stop(Lanes lanes) {
    lanes.broker.stop();
  }
}
