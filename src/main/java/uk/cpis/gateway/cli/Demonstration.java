package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Gateway;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.pki.DevelopmentPki;
import uk.cpis.gateway.simulator.Estate;
import uk.cpis.gateway.simulator.PartnerWorld;
import uk.cpis.gateway.simulator.Progress;
import uk.cpis.gateway.simulator.SimulatedAuthorities;
import uk.cpis.gateway.simulator.SimulatorControl;
import uk.cpis.gateway.simulator.SimulatorFolder;
import uk.cpis.gateway.simulator.SyntheticPack;

/** A running gateway with everything around it: certificates, registered England, its systems. */
final class Demonstration implements AutoCloseable {

  private static final int PEOPLE_WITH_PLANS = 1_500;

  private final SyntheticPack pack;
  private final PartnerWorld world;
  private final DevelopmentCertificates certificates;
  private final SimulatedAuthorities authorities;
  private final SimulatorControl control;
  private final Gateway gateway;

  private Demonstration(
      SyntheticPack pack,
      PartnerWorld world,
      DevelopmentCertificates certificates,
      SimulatedAuthorities authorities,
      SimulatorControl control,
      Gateway gateway) {
    this.pack = pack;
    this.world = world;
    this.certificates = certificates;
    this.authorities = authorities;
    this.control = control;
    this.gateway = gateway;
  }

  /** Where it keeps what, and where it listens. */
  record Place(Path folder, Path certificates, Estate.Ports ports, int control) {}

  /**
   * Makes what is absent, and starts everything; tells of what takes long. Throws {@link
   * java.util.concurrent.CancellationException}, with everything closed, when it is stopped.
   */
  static Demonstration open(Place place, UntilStopped until, PrintWriter out) {
    say(out, "Starting: development certificates (the first time this takes some minutes) ...");
    InstantSource clock = InstantSource.system();
    LocalDate today = LondonDay.of(clock.instant());
    SyntheticPack pack = SyntheticPack.of(SyntheticPack.SEED, PEOPLE_WITH_PLANS, today);
    DevelopmentCertificates certificates =
        new DevelopmentPki(place.certificates(), clock)
            .makeAbsent(codes(pack), new Progress(out, "certificates made", until::goOn)::at);
    say(out, "Starting: who is registered, and the register of people ...");
    Estate estate =
        new Estate(
            place.folder(),
            certificates,
            pack,
            place.ports(),
            Estate.COLLECTING,
            new Progress(out, "authorities' keys read", until::goOn));
    Path configuration = estate.write();
    PartnerWorld world =
        new PartnerWorld(
            Estate.gateway(certificates),
            certificates.paths(),
            SimulatorFolder.at(place.folder()),
            clock);
    say(out, "Starting: the authorities' systems ...");
    SimulatedAuthorities authorities =
        SimulatedAuthorities.open(
            estate.authoritySystems(),
            world,
            place.ports().firstAuthority(),
            new Progress(out, "authorities' systems made", until::goOn));
    try {
      Estate.COLLECTING.forEach(code -> authorities.of(code).stop());
      until.goOn();
      say(out, "Starting: the gateway with its store and its broker ...");
      SimulatorControl control = SimulatorControl.open(place.control(), authorities);
      Gateway gateway =
          Gateway.open(Configuration.read(configuration, System.getenv()).settings(), clock);
      return new Demonstration(pack, world, certificates, authorities, control, gateway);
    } catch (RuntimeException e) {
      authorities.close();
      throw e;
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static List<OdsCode> codes(SyntheticPack pack) {
    return pack.authorities().stream().map(LocalAuthority::code).toList();
  }

  SyntheticPack pack() {
    return pack;
  }

  PartnerWorld world() {
    return world;
  }

  DevelopmentCertificates certificates() {
    return certificates;
  }

  SimulatedAuthorities authorities() {
    return authorities;
  }

  Gateway gateway() {
    return gateway;
  }

  URI queries() {
    return address("/query");
  }

  URI submissions() {
    return address("/submission");
  }

  URI control() {
    return control.address();
  }

  private URI address(String path) {
    return URI.create(gateway.addresses().get(0) + path);
  }

  /** Stops the gateway first, so that no notification is cut off on its way. */
  @Override
  public void close() {
    try {
      gateway.close();
    } finally {
      control.close();
      authorities.close();
    }
  }
}
