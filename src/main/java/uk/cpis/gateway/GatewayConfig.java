package uk.cpis.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.RequestEvidence;

/**
 * Every setting of the gateway with its default, in one place. A key is {@code cpis.} and the names
 * below in lower case with dashes; the environment overrides it in capitals with underscores
 * ({@code cpis.http.port} is {@code CPIS_HTTP_PORT}). Durations are written {@code 500ms}, {@code
 * 30s}, {@code 15m}, {@code 24h} or {@code 14d}; files are relative to the folder of the
 * configuration file.
 */
@ConfigMapping(prefix = "cpis")
public interface GatewayConfig {

  /** The gateway's own ASID: every message must name it as its receiver. */
  Asid asid();

  /**
   * Whether development keys are accepted. With them the gateway listens on a loopback address
   * only; without, it refuses to start on anything the development PKI made.
   */
  @WithDefault("false")
  boolean development();

  Http http();

  Operations operations();

  Files files();

  Keys keys();

  Trust trust();

  Messages messages();

  Store store();

  Queue queue();

  Directory directory();

  Demographics demographics();

  Outbound outbound();

  Delivery delivery();

  Watch watch();

  Audit audit();

  Retention retention();

  Backup backup();

  /** The mutual-TLS endpoints. */
  interface Http {

    /** The address to listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on; 0 takes any free one. */
    @WithDefault("8443")
    int port();

    /**
     * The addresses by which senders know the gateway, without the path: {@code wsa:To} must name
     * one of them (cpis.md §4). Where none is given, the address it listens on.
     */
    Optional<List<URI>> addresses();

    /** The most connections open at once. */
    @WithDefault("1000")
    int connections();

    /** The most requests worked on at once; beyond them a sender is asked to come back. */
    @WithDefault("64")
    int requests();

    /** The most connections of one TLS certificate. */
    @WithDefault("100")
    int connectionsPerSender();

    /** The most requests of one TLS certificate worked on at once. */
    @WithDefault("32")
    int requestsPerSender();

    /** The most requests a second of one TLS certificate, over time. */
    @WithDefault("200")
    int ratePerSender();

    /** How long a TLS handshake may take. */
    @WithDefault("10s")
    Duration handshakeTimeout();

    /** How long a request's body may take to arrive. */
    @WithDefault("20s")
    Duration bodyTimeout();

    /**
     * How long a connection may be idle, the head of its next request arrive, an answer be taken.
     */
    @WithDefault("30s")
    Duration idleTimeout();
  }

  /** Health and the state of the lanes, over plain HTTP on the loopback address only. */
  interface Operations {

    /** The port to listen on; 0 takes any free one. */
    @WithDefault("8081")
    int port();
  }

  /** Who may open the files with keys, and the folders of store and journal. */
  interface Files {

    /** Whether their group may too, as where a container is given them; others never. */
    @WithDefault("false")
    boolean groupMayRead();
  }

  /** The gateway's own keys: PKCS#12 files under one password. */
  interface Keys {

    /** Towards those who call the gateway: a server's certificate. */
    Path tlsServer();

    /** Towards the authorities that the gateway calls: a client's certificate. */
    Path tlsClient();

    /** For signing with RSA. */
    Path signingRsa();

    /** For signing with EC, for systems registered so. */
    Path signingEc();

    /** For sealing the audit, and nothing else; {@code sealing.p12} beside the last one. */
    Optional<Path> sealing();

    /** The file that holds the password of all of them. */
    Path passwordFile();

    /** How often it is looked whether these files, or those of the anchors, changed. */
    @WithDefault("1m")
    Duration lookEvery();
  }

  /** Whose certificates are believed. */
  interface Trust {

    /** Root certificates (PEM). */
    List<Path> anchors();

    /** Issuing authorities between root and leaf (PEM), for partners that send the leaf alone. */
    Optional<List<Path>> intermediates();

    /** Revocation lists; one of each authority, or its certificates are refused. */
    List<Path> revocationLists();

    /**
     * Until when certificates pass whose revocation is unknown because a list is missing or has
     * ended: 72 hours ahead at the most. Without it they never do.
     */
    Optional<Instant> revocationUnknownUntil();

    /** Where revocation lists are fetched from; never from an address in a certificate. */
    Optional<List<URI>> revocationListAddresses();

    /** The folder that the last good copy of each fetched list is kept in. */
    Optional<Path> revocationListFolder();

    /** How often they are fetched. */
    @WithDefault("1h")
    Duration revocationListsFetchedEvery();

    /** How often the lists are read again. */
    @WithDefault("1m")
    Duration revocationListsEvery();
  }

  /** What is asked of every message. */
  interface Messages {

    /** The longest life a Timestamp may state. */
    @WithDefault("10m")
    Duration longestLife();

    /** The life of the gateway's own messages. */
    @WithDefault("5m")
    Duration life();

    /** How far a partner's clock may be wrong. */
    @WithDefault("60s")
    Duration clockSkew();
  }

  /** The encrypted store. */
  interface Store {

    /** The folder of the database; made when it is not there. */
    Path directory();

    /** Whether a start without a store is refused: for every start but the first. */
    @WithDefault("false")
    boolean mustExist();

    /** The file that holds the encryption key: 64 hexadecimal digits. */
    Optional<Path> keyFile();

    /** The encryption key itself; only for the environment ({@code CPIS_STORE_KEY}). */
    Optional<String> key();

    /** Pages of 4 KB kept in memory. */
    @WithDefault("10000")
    int pageCache();

    /** How long a statement waits for a lock. */
    @WithDefault("5s")
    Duration lockWait();

    /** Connections for readers and submissions. */
    @WithDefault("16")
    int connections();

    /** How many accesses may wait for the writer before senders are asked to come back. */
    @WithDefault("1000")
    int writerQueue();

    /** How many waiting accesses one commit takes at the most. */
    @WithDefault("64")
    int writerBatch();

    /** Megabytes that must be free on its disk, or queries and submissions are refused for now. */
    @WithDefault("512")
    int leastFree();

    /** Megabytes that it is expected to have at the most; beyond, operations are told. */
    @WithDefault("20480")
    int sizeBudget();
  }

  /** The broker that carries notifications. */
  interface Queue {

    /** The folder of the journal; made when it is not there. */
    Path directory();
  }

  /** Who is registered. */
  interface Directory {

    /** The folder of the registration files. */
    Path folder();

    /** How often it is looked whether they changed. */
    @WithDefault("15s")
    Duration lookEvery();
  }

  /** Whose NHS number it is. */
  interface Demographics {

    /** The file that the local register is loaded from at each start. */
    Optional<Path> register();

    Pds pds();
  }

  /** The Personal Demographics Service, in place of the local register. */
  interface Pds {

    /** The base address of its FHIR R4 API; https, or plain http on a loopback address. */
    Optional<URI> address();

    /** Root certificates (PEM) of its server, where the platform's own are not to be believed. */
    Optional<List<Path>> roots();

    /** How long connecting may take. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long all look-ups of one submission may take together (cpis.md rule 17). */
    @WithDefault("30s")
    Duration deadline();

    /** How many look-ups of one submission are under way at once. */
    @WithDefault("16")
    int parallel();

    /** How many of the numbers held are looked at again at once. */
    @WithDefault("60")
    int recheckPage();

    /** The pause between two such pages. */
    @WithDefault("1m")
    Duration recheckPause();

    /** A file with the token to show, kept up to date by somebody else. */
    Optional<Path> tokenFile();

    /** Where tokens are asked for by a signed assertion (OAuth 2 client credentials). */
    Optional<URI> tokenAddress();

    /** The name that the gateway's application has there (the API key). */
    Optional<String> client();

    /** The name under which its public key is registered there. */
    Optional<String> keyId();

    /** The RSA key that signs the assertion (PEM). */
    Optional<Path> keyFile();
  }

  /** Calls to the authorities. */
  interface Outbound {

    /** How long connecting may take. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long one call may take altogether. */
    @WithDefault("20s")
    Duration callTimeout();
  }

  /** Retry of notifications. */
  interface Delivery {

    /** The wait after the first failure; it doubles, with jitter. */
    @WithDefault("1s")
    Duration firstRetry();

    /** The longest wait between two attempts. */
    @WithDefault("15m")
    Duration longestRetry();

    /** How long delivery is tried before a notification becomes a dead letter. */
    @WithDefault("14d")
    Duration persistDuration();

    /** How many dead letters of one authority are sent again in a second at the most. */
    @WithDefault("5")
    int sendAgainPerSecond();

    /** Whether what outlived its time is sent again by itself when its lane recovers. */
    @WithDefault("true")
    boolean sendAgainOnRecovery();
  }

  /** When the operator is told of what should happen and does not. */
  interface Watch {

    /** The share of the 24 hours, in percent, after which an unsettled notification is told of. */
    @WithDefault("50")
    int overduePercent();

    /** How many queries in an hour make a system a busy one, whose silence is told of. */
    @WithDefault("20")
    int busyQueries();
  }

  /** Copies of the store, taken while it works. */
  interface Backup {

    /** The folder they are taken into, its owner's only; without it none can be taken. */
    Optional<Path> folder();

    /** Whether one is taken every night. */
    @WithDefault("true")
    boolean nightly();

    /** The full hour of the day in London at which it is taken. */
    @WithDefault("4")
    int hour();

    /** How many are kept. */
    @WithDefault("7")
    int keep();
  }

  /** The audit's seals, and what is written of it for others to check. */
  interface Audit {

    /** As soon as so many records wait, they are sealed, and no more together. */
    @WithDefault("1000")
    int sealRecords();

    /** As soon as a record has waited for so long, it is sealed with what else waits. */
    @WithDefault("1m")
    Duration sealEvery();

    /** What is kept of each signed request: {@code signature}, or the whole {@code message} too. */
    @WithDefault("signature")
    RequestEvidence requests();

    /** The folder for exports and proofs of a running gateway, its owner's only. */
    Optional<Path> folder();
  }

  /** How long what is kept; the store is swept once a day. */
  interface Retention {

    /** The full hour of the day in London at which the store is swept. */
    @WithDefault("3")
    int hour();

    /** How long messages are remembered, and the acknowledgements of submissions kept. */
    @WithDefault("35d")
    Duration messages();

    /** How long the trace of a deleted record keeps late older submissions from making it again. */
    @WithDefault("400d")
    Duration traces();

    /** How long after its settlement a notification keeps its personal data. */
    @WithDefault("30d")
    Duration settled();

    /** How long the audit is kept, with what was told for it. */
    @WithDefault("2922d")
    Duration audit();

    /** How long refusals can be looked up, and their counts. */
    @WithDefault("90d")
    Duration refusals();
  }
}
