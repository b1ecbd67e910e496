package uk.cpis.gateway;

import java.util.List;
import uk.cpis.gateway.audit.SealSettings;
import uk.cpis.gateway.delivery.DeliverySettings;
import uk.cpis.gateway.delivery.RetrySettings;
import uk.cpis.gateway.delivery.SendAgainSettings;
import uk.cpis.gateway.endpoint.HttpSettings;
import uk.cpis.gateway.outbound.OutboundSettings;
import uk.cpis.gateway.queue.QueueSettings;
import uk.cpis.gateway.retention.RetentionSettings;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.store.DiskGauge;
import uk.cpis.gateway.store.StoreSettings;
import uk.cpis.gateway.watch.WatchSettings;

/** Each part's settings, taken from the configuration; no part sees the configuration itself. */
final class Settings {

  /** Enough that those who wait for the disk leave the processors to others. */
  private static final int QUERIES_AT_WORK_PER_PROCESSOR = 2;

  private static final long MEGABYTE = 1L << 20;

  private Settings() {}

  static StoreSettings ofStore(GatewayConfig.Store store) {
    return new StoreSettings(
        store.directory(),
        GatewayKeys.ofStore(store),
        store.pageCache(),
        store.lockWait(),
        store.connections(),
        store.writerQueue(),
        store.writerBatch());
  }

  static DiskGauge ofDisk(GatewayConfig.Store store) {
    return DiskGauge.of(store.directory(), store.leastFree() * MEGABYTE);
  }

  static QueueSettings ofQueue(GatewayConfig.Queue queue) {
    return QueueSettings.in(queue.directory());
  }

  static HttpSettings ofHttp(GatewayConfig.Http http, int connections) {
    return new HttpSettings(
        http.host(),
        http.port(),
        http.addresses().orElse(List.of()),
        new HttpSettings.Limits(
            connections,
            http.requests(),
            QUERIES_AT_WORK_PER_PROCESSOR * Runtime.getRuntime().availableProcessors(),
            new HttpSettings.PerSender(
                http.connectionsPerSender(), http.requestsPerSender(), http.ratePerSender())),
        http.handshakeTimeout(),
        http.bodyTimeout(),
        http.idleTimeout());
  }

  static Freshness ofMessages(GatewayConfig.Messages messages) {
    return new Freshness(messages.longestLife(), messages.clockSkew());
  }

  static OutboundSettings ofOutbound(GatewayConfig.Outbound outbound) {
    return OutboundSettings.of(outbound.connectTimeout(), outbound.callTimeout());
  }

  static DeliverySettings ofDelivery(GatewayConfig.Delivery delivery) {
    return DeliverySettings.of(
        RetrySettings.between(delivery.firstRetry(), delivery.longestRetry()),
        delivery.persistDuration(),
        new SendAgainSettings(delivery.sendAgainPerSecond(), delivery.sendAgainOnRecovery()));
  }

  static SealSettings ofAudit(GatewayConfig.Audit audit) {
    return new SealSettings(audit.sealRecords(), audit.sealEvery());
  }

  static WatchSettings ofWatch(GatewayConfig.Watch watch) {
    return new WatchSettings(watch.overduePercent(), watch.busyQueries());
  }

  static RetentionSettings ofRetention(GatewayConfig.Retention retention) {
    return RetentionSettings.of(
        retention.messages(),
        retention.traces(),
        retention.settled(),
        retention.audit(),
        retention.refusals());
  }
}
