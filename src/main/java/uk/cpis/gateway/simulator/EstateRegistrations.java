package uk.cpis.gateway.simulator;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.cpis.gateway.directory.AuthorityEndpoint;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredSite;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;

/** Registers the synthetic pack with the certificates of the development PKI. */
final class EstateRegistrations {

  private static final Set<Interaction> OF_AN_AUTHORITY =
      Set.of(
          Interaction.UPDATE,
          Interaction.DELETE,
          Interaction.HOLDINGS,
          Interaction.ACCESS_HISTORY,
          Interaction.COLLECT,
          Interaction.ACKNOWLEDGE);

  private final DevelopmentCertificates certificates;
  private final SyntheticPack pack;
  private final List<AuthoritySystem> authorities;
  private final int firstAuthorityPort;
  private final Set<OdsCode> collecting;

  EstateRegistrations(
      DevelopmentCertificates certificates,
      SyntheticPack pack,
      List<AuthoritySystem> authorities,
      int firstAuthorityPort,
      Set<OdsCode> collecting) {
    this.certificates = certificates;
    this.pack = pack;
    this.authorities = authorities;
    this.firstAuthorityPort = firstAuthorityPort;
    this.collecting = collecting;
  }

  Registrations all() {
    return new Registrations(
        Stream.concat(
                Arrays.stream(ClinicalRegistration.values()).map(this::clinical),
                authorities.stream().map(EstateRegistrations::authority))
            .toList(),
        IntStream.range(0, authorities.size()).mapToObj(this::endpoint).toList(),
        pack.sites().stream().map(EstateRegistrations::site).toList());
  }

  private RegisteredSystem clinical(ClinicalRegistration clinical) {
    AccreditedSystem system =
        new AccreditedSystem(
            clinical.asid(),
            clinical.systemName(),
            Optional.empty(),
            pack.sites().stream()
                .filter(clinical::speaksFor)
                .map(Site::code)
                .collect(Collectors.toSet()),
            Set.of(Interaction.QUERY),
            clinical.activityCodes(),
            Optional.<CareSetting>empty(),
            Optional.empty(),
            clinical.signatureKind());
    DevelopmentCertificate transport = certificates.of(Group.CLINICAL, clinical.transport());
    DevelopmentCertificate signing = certificates.of(Group.CLINICAL, clinical.signing());
    return RegisteredSystem.of(
        system, Set.of(transport.certificate()), Set.of(signing.certificate()));
  }

  private static RegisteredSystem authority(AuthoritySystem authority) {
    OdsCode code = authority.authority().code();
    AccreditedSystem system =
        new AccreditedSystem(
            authority.asid(),
            "Social care system of " + authority.authority().name(),
            Optional.of(code),
            Set.of(code),
            OF_AN_AUTHORITY,
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            kind(authority));
    return RegisteredSystem.of(
        system, Set.of(authority.tls().certificate()), Set.of(authority.signing().certificate()));
  }

  private RegisteredAuthority endpoint(int index) {
    AuthoritySystem authority = authorities.get(index);
    if (collecting.contains(authority.authority().code())) {
      return new RegisteredAuthority(
          authority.authority(), RegisteredAuthority.Delivery.PULL, Optional.empty());
    }
    URI address =
        URI.create("https://127.0.0.1:" + (firstAuthorityPort + index) + "/cpis/notification");
    return new RegisteredAuthority(
        authority.authority(),
        RegisteredAuthority.Delivery.PUSH,
        Optional.of(
            new AuthorityEndpoint(
                address,
                authority.asid(),
                Set.of(authority.tls().certificate()),
                Set.of(authority.signing().certificate()),
                kind(authority))));
  }

  private static SignatureKind kind(AuthoritySystem authority) {
    String algorithm = authority.signing().certificate().getPublicKey().getAlgorithm();
    return algorithm.equals("RSA") ? SignatureKind.RSA : SignatureKind.EC;
  }

  private static RegisteredSite site(Site site) {
    return new RegisteredSite(
        site.code(), site.name(), site.region(), site.setting(), Optional.of(site.telephone()));
  }
}
