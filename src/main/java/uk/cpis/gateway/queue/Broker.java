package uk.cpis.gateway.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded broker: reachable inside this process only, with a journal that is synced before a
 * send or an acknowledgement counts. It never redelivers by a clock of its own, never drops and
 * never expires; what must not happen goes to {@link #UNWANTED}. Safe to share between threads.
 */
final class Broker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  /** How many messages of one lane the broker recognises when they are sent again. */
  static final int REMEMBERED_IDS = 2_048;

  /** Where the broker puts what it gives up; something in here is a fault of ours. */
  static final String UNWANTED = "lanes.unwanted";

  /** Each sync waits this long for company; the default of 3.3 ms would be the whole latency. */
  private static final Duration JOURNAL_SYNC_WAIT = Duration.ofNanos(150_000);

  private static final Duration LOCK_WAIT = Duration.ofSeconds(2);
  private static final int PAGE_BYTES = 1 << 20;
  private static final int CONSUMER_WINDOW_BYTES = 16 << 10;

  /** Brokers of one process are told apart by a number, in a registry that is Artemis's own. */
  private static final AtomicInteger NEXT_SERVER = new AtomicInteger();

  private final ActiveMQServer server;
  private final ActiveMQConnectionFactory factory;
  private final OnlyUser user;

  private Broker(ActiveMQServer server, ActiveMQConnectionFactory factory, OnlyUser user) {
    this.server = server;
    this.factory = factory;
    this.user = user;
  }

  /** Starts the broker on its journal, which only one process at a time may hold. */
  static Broker open(QueueSettings settings) {
    Map<String, Object> address =
        Map.of(TransportConstants.SERVER_ID_PROP_NAME, NEXT_SERVER.incrementAndGet());
    OnlyUser user = new OnlyUser();
    ActiveMQServer server =
        ActiveMQServers.newActiveMQServer(configuration(settings, address), null, user, true);
    start(server, settings);
    Broker broker = new Broker(server, factory(settings, address), user);
    broker.ensureQueue(UNWANTED);
    return broker;
  }

  private static void start(ActiveMQServer server, QueueSettings settings) {
    AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());
    server.registerActivationFailureListener(cause -> failure.set(Optional.of(cause)));
    try {
      server.start();
      if (!server.isActive()) {
        throw failure.get().orElseGet(() -> new IllegalStateException("it did not become active"));
      }
    } catch (Exception e) { // whatever start declares
      QueueException refused =
          new QueueException("starting the broker on " + settings.directory(), e);
      stop(server).ifPresent(refused::addSuppressed);
      throw refused;
    }
  }

  private static Configuration configuration(QueueSettings settings, Map<String, Object> address) {
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
        .setJournalDirectory(settings.directory().resolve("journal").toString())
        .setBindingsDirectory(settings.directory().resolve("bindings").toString())
        .setPagingDirectory(settings.directory().resolve("paging").toString())
        .setLargeMessagesDirectory(settings.directory().resolve("large").toString());
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

  /**
   * Sends are confirmed by their commit and acknowledgements need no confirmation (what is settled
   * is looked up in the store), so neither waits for an answer of its own.
   */
  private static ActiveMQConnectionFactory factory(
      QueueSettings settings, Map<String, Object> address) {
    ActiveMQConnectionFactory factory =
        new ActiveMQConnectionFactory(
            false, new TransportConfiguration(InVMConnectorFactory.class.getName(), address));
    factory.setCallTimeout(settings.sendTimeout().toMillis());
    factory.setReconnectAttempts(0);
    factory.setBlockOnDurableSend(false);
    factory.setBlockOnAcknowledge(false);
    factory.setProducerWindowSize(-1);
    factory.setConsumerWindowSize(CONSUMER_WINDOW_BYTES);
    return factory;
  }

  Connection connect() throws JMSException {
    return factory.createConnection(user.name(), user.password());
  }

  /** Closes a connection, which may be broken already. */
  static void disconnect(Connection connection) {
    try {
      connection.close();
    } catch (JMSException e) {
      LOG.debug("a connection to the broker was broken before it was closed", e);
    }
  }

  boolean running() {
    return server.isActive();
  }

  /** Makes the durable queue of this name, where it is not there yet. */
  void ensureQueue(String name) {
    try {
      server.createQueue(
          QueueConfiguration.of(name)
              .setAddress(name)
              .setAutoCreateAddress(true)
              .setRoutingType(RoutingType.ANYCAST)
              .setDurable(true)
              .setAutoDelete(false),
          true);
    } catch (Exception e) { // whatever createQueue declares
      throw new QueueException("making the queue " + name, e);
    }
  }

  /** How many messages wait in this queue, those in a consumer's hands included. */
  long depth(String name) {
    return queue(name).getMessageCount();
  }

  /**
   * A value of each message that waits in this queue, read in the broker itself: a browser of JMS
   * ends too early when they are on disk.
   */
  LongStream browse(String name, ToLongFunction<Message> value) {
    LongStream.Builder values = LongStream.builder();
    try (LinkedListIterator<MessageReference> waiting = queue(name).browserIterator()) {
      while (waiting.hasNext()) {
        values.add(value.applyAsLong(waiting.next().getMessage()));
      }
    }
    return values.build();
  }

  private Queue queue(String name) {
    Queue queue = server.locateQueue(name);
    if (queue == null) {
      throw new QueueException("looking into " + name + ": the broker does not have it");
    }
    return queue;
  }

  @Override
  public void close() {
    factory.close();
    stop(server)
        .ifPresent(
            cause -> {
              throw new QueueException("stopping the broker", cause);
            });
  }

  private static Optional<Exception> stop(ActiveMQServer server) {
    try {
      server.stop();
      return Optional.empty();
    } catch (Exception e) { // whatever stop declares
      return Optional.of(e);
    }
  }
}
