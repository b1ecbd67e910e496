package uk.cpis.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.simulator.AuthoritySystem;
import uk.cpis.gateway.simulator.GatewayIdentity;
import uk.cpis.gateway.simulator.PartnerWorld;
import uk.cpis.gateway.simulator.SimulatedAuthorities;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.simulator.SimulatorFolder;
import uk.cpis.gateway.simulator.Steps;

/** Receiving systems of authorities, on free ports, for the gateway to deliver to. */
public final class TestAuthorities implements AutoCloseable {

  private final SimulatedAuthorities opened;
  private final Path folder;

  private TestAuthorities(SimulatedAuthorities opened, Path folder) {
    this.opened = opened;
    this.folder = folder;
  }

  /** Opens them; what they receive is kept in this folder. */
  public static TestAuthorities open(InstantSource clock, Path folder, TestSystem... systems) {
    GatewayIdentity gateway =
        new GatewayIdentity(
            TestSystem.GATEWAY,
            Set.of(
                TestCertificates.all().of(Group.GATEWAY, "signing-rsa").fingerprint(),
                TestCertificates.all().of(Group.GATEWAY, "signing-ec").fingerprint()));
    PartnerWorld world =
        new PartnerWorld(
            gateway, TestCertificates.paths(), SimulatorFolder.at(folder), ticking(clock));
    List<AuthoritySystem> receiving = Stream.of(systems).map(TestAuthorities::receiving).toList();
    return new TestAuthorities(
        SimulatedAuthorities.open(receiving, world, 0, Steps.UNTOLD), folder);
  }

  /** Later at each look, so that what comes twice is kept twice. */
  private static InstantSource ticking(InstantSource clock) {
    AtomicLong ticks = new AtomicLong();
    return () -> clock.instant().plusMillis(ticks.incrementAndGet());
  }

  private static AuthoritySystem receiving(TestSystem system) {
    OdsCode code = code(system);
    Contacts contacts = new Contacts(new Telephone("020 7946 0001"), Optional.empty());
    return new AuthoritySystem(
        new LocalAuthority(code, "Authority " + code, "London", contacts),
        system.asid(),
        system.tlsKeys(),
        system.signingKeys());
  }

  public SimulatedAuthority of(TestSystem system) {
    return opened.of(code(system));
  }

  /** How many notifications this authority answered, those that came again included. */
  public long calls(TestSystem system) {
    Path messages = folder.resolve("messages").resolve(code(system).value());
    try (Stream<Path> files = Files.list(messages)) {
      return files.filter(file -> file.toString().endsWith("-reply.xml")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OdsCode code(TestSystem system) {
    return system.system().localAuthority().orElseThrow();
  }

  @Override
  public void close() {
    opened.close();
  }
}
