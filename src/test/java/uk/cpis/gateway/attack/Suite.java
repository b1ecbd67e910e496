package uk.cpis.gateway.attack;

import java.util.List;
import java.util.stream.Stream;

/** Every attack of the suite, class by class. */
final class Suite {

  private static final List<Attack> ALL =
      Stream.of(
              new WrappingAttacks(),
              new CoverageAttacks(),
              new ReferenceAttacks(),
              new AlgorithmAttacks(),
              new KeyInfoAttacks(),
              new CertificateAttacks(),
              new TimeAttacks(),
              new EntityAttacks(),
              new FloodAttacks(),
              new EncodingAttacks(),
              new ValueAttacks(),
              new SoapAttacks(),
              new AddressingAttacks(),
              new AttachmentAttacks())
          .flatMap(attacks -> attacks.all().stream())
          .toList();

  private Suite() {}

  static List<Attack> all() {
    return ALL;
  }
}
