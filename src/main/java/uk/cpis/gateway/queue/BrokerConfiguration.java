package uk.cpis.gateway.queue;

import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/**
 * The broker's settings: one door, inside this process; a journal that is synced before a send
 * counts; nothing redelivered by a clock, dropped or expired.
 */
final class BrokerConfiguration {

  /** How many messages of one lane the broker recognises when sent again; kept in memory. */
  static final int REMEMBERED_IDS = 512;

  /** Where the broker puts what it gives up; something in here is a fault of ours. */
  static final String UNWANTED = "lanes.unwanted";

  /** Each sync waits this long for company; the default of 3.3 ms would be the whole latency. */
  private static final Duration JOURNAL_SYNC_WAIT = Duration.ofNanos(150_000);

  private static final Duration LOCK_WAIT = Duration.ofSeconds(2);
  private static final int PAGE_BYTES = 1 << 20;

  private BrokerConfiguration() {}

  static Configuration of(QueueSettings settings, Map<String, Object> address) {
    Configuration configuration =
        new ConfigurationImpl()
            .setName("lanes")
            .addAcceptorConfiguration(
                new TransportConfiguration(InVMAcceptorFactory.class.getName(), address))
            .setResolveProtocols(false)
            .setSecurityEnabled(true)
            .setClusterUser(OnlyUser.secret())
            .setClusterPassword(OnlyUser.secret())
            .setJMXManagementEnabled(false)
            .setSuppressSessionNotifications(true)
            .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
            .setMaxDiskUsage(-1)
            .setGlobalMaxSize(settings.memoryOfAllLanes())
            .setIDCacheSize(REMEMBERED_IDS)
            .setPersistIDCache(true)
            .addAddressSetting("#", addressSettings(settings));
    return journal(configuration, settings);
  }

  private static Configuration journal(Configuration configuration, QueueSettings settings) {
    int syncWait = Math.toIntExact(JOURNAL_SYNC_WAIT.toNanos());
    return configuration
        .setPersistenceEnabled(true)
        .setJournalType(JournalType.NIO)
        .setJournalBufferTimeout_NIO(syncWait)
        .setPageSyncTimeout(syncWait)
        .setJournalDatasync(true)
        .setJournalSyncTransactional(true)
        .setJournalSyncNonTransactional(true)
        .setJournalLockAcquisitionTimeout(LOCK_WAIT.toMillis())
        .setJournalDirectory(settings.directory().resolve(JournalFolder.JOURNAL).toString())
        .setBindingsDirectory(settings.directory().resolve(JournalFolder.BINDINGS).toString())
        .setPagingDirectory(settings.directory().resolve(JournalFolder.PAGING).toString())
        .setLargeMessagesDirectory(settings.directory().resolve(JournalFolder.LARGE).toString());
  }

  private static AddressSettings addressSettings(QueueSettings settings) {
    return new AddressSettings()
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setMaxSizeBytes(settings.memoryPerLane())
        .setPageSizeBytes(PAGE_BYTES)
        .setMaxDeliveryAttempts(-1)
        .setRedeliveryDelay(0)
        .setIDCacheSize(REMEMBERED_IDS)
        .setDeadLetterAddress(SimpleString.of(UNWANTED))
        .setExpiryAddress(SimpleString.of(UNWANTED))
        .setAutoCreateQueues(false)
        .setAutoCreateAddresses(false)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false);
  }
}
