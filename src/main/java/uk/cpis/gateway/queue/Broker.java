package uk.cpis.gateway.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded broker, reachable inside this process only. Safe to share between threads. */
final class Broker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final int CONSUMER_WINDOW_BYTES = 16 << 10;

  /** Brokers of one process are told apart by a number, in a registry that is Artemis's own. */
  private static final AtomicInteger NEXT_SERVER = new AtomicInteger();

  private final QueueSettings settings;
  private final Map<String, Object> address;
  private final OnlyUser user = new OnlyUser();
  private final ActiveMQConnectionFactory factory;
  private Optional<JournalFolder> folder;
  private volatile Optional<ActiveMQServer> server = Optional.empty();
  private volatile int starts;
  private final AtomicBoolean toldDown = new AtomicBoolean();

  private Broker(
      QueueSettings settings, Map<String, Object> address, Optional<JournalFolder> folder) {
    this.settings = settings;
    this.address = address;
    this.factory = factory(settings, address);
    this.folder = folder;
  }

  /**
   * Starts the broker on its journal, which only one process at a time may hold. It is open without
   * running when its disk is full or cannot be written to: {@link #restart} tries again.
   */
  static Broker open(QueueSettings settings) {
    Broker broker =
        new Broker(
            settings,
            Map.of(TransportConstants.SERVER_ID_PROP_NAME, NEXT_SERVER.incrementAndGet()),
            JournalFolder.open(settings.directory()));
    try {
      broker.restart();
    } catch (QueueException e) {
      LOG.debug("the broker is open without running", e);
    }
    return broker;
  }

  /** Starts it anew on the same journal, whatever state it is in; says once that it cannot. */
  void restart() {
    try {
      startAnew();
      toldDown.set(false);
    } catch (QueueException e) {
      tellDown(e);
      throw e;
    }
  }

  /** Artemis's own words come with every attempt and are turned off. */
  private void tellDown(Throwable cause) {
    if (!toldDown.getAndSet(true)) {
      LOG.error("CPG-BROKER-DOWN notifications wait in the store until it starts", cause);
    }
  }

  /** Whether the operator was told that it is down, and it has not started since. */
  boolean isToldDown() {
    return toldDown.get();
  }

  private void startAnew() {
    server
        .flatMap(Broker::stop)
        .ifPresent(cause -> LOG.warn("the broker did not stop cleanly", cause));
    server = Optional.empty();
    folder = folder.or(() -> JournalFolder.open(settings.directory()));
    ActiveMQServer started = startOrBeginAnew(inFolder());
    starts++;
    server = Optional.of(started);
  }

  private JournalFolder inFolder() {
    return folder.orElseThrow(
        () -> new QueueException("nothing can be written to " + settings.directory()));
  }

  /**
   * A broker that does not start although there is room has a journal that is damaged: it is put
   * aside to be looked at, and the lanes begin anew, for the store owes what it held. Should that
   * fail too, what was put aside is kept as it is until a start has succeeded.
   */
  private ActiveMQServer startOrBeginAnew(JournalFolder used) {
    used.removeFailedBeginning();
    ActiveMQServer started = startOrPutAside(used);
    used.begun();
    return started;
  }

  private ActiveMQServer startOrPutAside(JournalFolder used) {
    try {
      return start();
    } catch (QueueException e) {
      if (used.beginning() || !used.hasRoom()) {
        throw e;
      }
      LOG.error(
          "CPG-JOURNAL-DAMAGED putAside={} remedy=\"the lanes are rebuilt from the store; look at"
              + " the disk, and delete what was put aside once they flow\"",
          used.putAside(),
          e);
      return start();
    }
  }

  private ActiveMQServer start() {
    ActiveMQServer starting =
        ActiveMQServers.newActiveMQServer(
            BrokerConfiguration.of(settings, address), null, user, true);
    AtomicReference<Optional<Exception>> failure = new AtomicReference<>(Optional.empty());
    starting.registerActivationFailureListener(cause -> failure.set(Optional.of(cause)));
    starting.registerIOCriticalErrorListener(
        (cause, message, file) ->
            server.filter(starting::equals).ifPresent(current -> tellDown(cause)));
    try {
      starting.start();
      if (!starting.isActive()) {
        throw failure.get().orElseGet(() -> new IllegalStateException("it did not become active"));
      }
      return starting;
    } catch (Exception e) { // whatever start declares
      QueueException refused =
          new QueueException("starting the broker on " + settings.directory(), e);
      stop(starting).ifPresent(refused::addSuppressed);
      throw refused;
    }
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
    return server.filter(ActiveMQServer::isActive).isPresent();
  }

  /** How often it has started; after each start its queues are to be ensured. */
  int starts() {
    return starts;
  }

  private ActiveMQServer server() {
    return server.orElseThrow(() -> new QueueException("the broker has not started"));
  }

  /** Makes the durable queue of this name, where it is not there yet. */
  void ensureQueue(String name) {
    try {
      server()
          .createQueue(
              QueueConfiguration.of(name)
                  .setAddress(name)
                  .setAutoCreateAddress(true)
                  .setRoutingType(RoutingType.ANYCAST)
                  .setDurable(true)
                  .setAutoDelete(false),
              true);
    } catch (QueueException e) {
      throw e;
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
   * ends too early when messages are on disk.
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

  /** Takes all messages out of this queue, which nobody consumes; how many they were. */
  int empty(String name) {
    try {
      return queue(name).deleteAllReferences();
    } catch (QueueException e) {
      throw e;
    } catch (Exception e) { // whatever deleteAllReferences declares
      throw new QueueException("emptying " + name, e);
    }
  }

  Queue queue(String name) {
    Queue queue = locate(name);
    if (queue == null) {
      throw new QueueException("looking into " + name + ": the broker does not have it");
    }
    return queue;
  }

  /** A server that stops fails with whatever part of it is gone already. */
  private @Nullable Queue locate(String name) {
    ActiveMQServer current = server();
    try {
      return current.locateQueue(name);
    } catch (RuntimeException e) {
      throw new QueueException("looking into " + name, e);
    }
  }

  /** Stops the server; the journal stays as it is. */
  void stop() {
    server
        .flatMap(Broker::stop)
        .ifPresent(
            cause -> {
              throw new QueueException("stopping the broker", cause);
            });
  }

  @Override
  public void close() {
    factory.close();
    try {
      stop();
    } finally {
      folder.ifPresent(JournalFolder::close);
    }
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
