package uk.cpis.gateway.bench;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.GatewayConfig;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.pki.DevelopmentPki;
import uk.cpis.gateway.simulator.Estate;
import uk.cpis.gateway.simulator.FirstLoad;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.simulator.PartnerWorld;
import uk.cpis.gateway.simulator.Progress;
import uk.cpis.gateway.simulator.SimulatedAuthorities;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.simulator.SimulatorFolder;
import uk.cpis.gateway.simulator.Steps;
import uk.cpis.gateway.simulator.SyntheticPack;

/** A gateway in its own process over an empty store, and in this one the authorities' systems. */
final class BenchEstate implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  private final SyntheticPack pack;
  private final DevelopmentCertificates certificates;
  private final PartnerWorld world;
  private final Estate.Ports ports;
  private final GatewayConfig settings;
  private final SimulatedAuthorities authorities;
  private final GatewayProcess gateway;

  private BenchEstate(
      SyntheticPack pack,
      DevelopmentCertificates certificates,
      PartnerWorld world,
      Estate.Ports ports,
      GatewayConfig settings,
      SimulatedAuthorities authorities,
      GatewayProcess gateway) {
    this.pack = pack;
    this.certificates = certificates;
    this.world = world;
    this.ports = ports;
    this.settings = settings;
    this.authorities = authorities;
    this.gateway = gateway;
  }

  /** The pack of a plan, and the certificates, which are made where they are absent. */
  record Grounds(SyntheticPack pack, DevelopmentCertificates certificates, InstantSource clock) {

    static Grounds of(int people, Path certificateFolder, PrintWriter out) {
      InstantSource clock = InstantSource.system();
      SyntheticPack pack =
          SyntheticPack.of(SyntheticPack.SEED, people, LondonDay.of(clock.instant()));
      DevelopmentCertificates certificates =
          new DevelopmentPki(certificateFolder, clock)
              .makeAbsent(
                  pack.authorities().stream().map(LocalAuthority::code).toList(),
                  new Progress(out, "certificates made")::at);
      return new Grounds(pack, certificates, clock);
    }
  }

  /** Starts everything on ports that are free; the gateway runs this program. */
  static BenchEstate open(
      Grounds grounds, BenchFolder folder, GatewayProcess.Java java, Class<?> program)
      throws InterruptedException {
    SyntheticPack pack = grounds.pack();
    Estate.Ports ports = FreePorts.forAuthorities(pack.authorities().size());
    Estate estate =
        new Estate(folder.estate(), grounds.certificates(), pack, ports, Set.of(), Steps.UNTOLD);
    Path configuration = estate.write();
    GatewayConfig settings = Configuration.read(configuration, java.environment()).settings();
    PartnerWorld world =
        new PartnerWorld(
            Estate.gateway(grounds.certificates()),
            grounds.certificates().paths(),
            SimulatorFolder.none(),
            grounds.clock());
    SimulatedAuthorities authorities =
        SimulatedAuthorities.open(
            estate.authoritySystems(), world, ports.firstAuthority(), Steps.UNTOLD);
    try {
      GatewayProcess gateway =
          GatewayProcess.start(program, java, configuration, operations(ports), folder.log());
      return new BenchEstate(
          pack, grounds.certificates(), world, ports, settings, authorities, gateway);
    } catch (InterruptedException | RuntimeException e) {
      authorities.close();
      throw e;
    }
  }

  /** Has the authorities send their plans; how many records were loaded. */
  int load(PrintWriter out) throws InterruptedException {
    return new FirstLoad(
            pack,
            authorities,
            address("/submission"),
            new Progress(out, "authorities have sent what they hold"))
        .send();
  }

  SyntheticPack pack() {
    return pack;
  }

  DevelopmentCertificates certificates() {
    return certificates;
  }

  PartnerWorld world() {
    return world;
  }

  GatewayConfig settings() {
    return settings;
  }

  GatewayProcess gateway() {
    return gateway;
  }

  URI queries() {
    return address("/query");
  }

  URI operations() {
    return operations(ports);
  }

  private URI address(String path) {
    return URI.create("https://" + LOOPBACK + ":" + ports.gateway() + path);
  }

  private static URI operations(Estate.Ports ports) {
    return URI.create("http://" + LOOPBACK + ":" + ports.operations());
  }

  /** How long after the access the authorities had made each task, of accesses since then. */
  Latencies.Summary tasksSince(Instant then) {
    return Latencies.Summary.of(List.of(tasksSince(then, authority -> true)));
  }

  /** The same of these authorities. */
  Latencies tasksSince(Instant then, Predicate<OdsCode> wanted) {
    Latencies latencies = new Latencies();
    authorities.all().stream()
        .filter(authority -> wanted.test(authority.authority().code()))
        .flatMap(authority -> authority.tasks().stream())
        .filter(task -> !task.owedAt().isBefore(then))
        .map(BenchEstate::wait)
        .forEach(latencies::add);
    return latencies;
  }

  /** The systems of the authorities, in their order. */
  List<SimulatedAuthority> authorities() {
    return authorities.all();
  }

  private static long wait(FollowUpTask task) {
    return java.time.Duration.between(task.owedAt(), task.madeAt()).toNanos();
  }

  /** Ends the gateway's process first, so that no notification is cut off on its way. */
  @Override
  public void close() {
    try {
      gateway.close();
    } finally {
      authorities.close();
    }
  }
}
