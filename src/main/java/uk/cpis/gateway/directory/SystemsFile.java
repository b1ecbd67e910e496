package uk.cpis.gateway.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;

/** The file of the registered systems: a list of objects, read strictly. */
final class SystemsFile implements RegisterFile.Form<RegisteredSystem> {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final CertificateFolder certificates;

  SystemsFile(CertificateFolder certificates) {
    this.certificates = certificates;
  }

  @Override
  public List<RegisteredSystem> read(Path file, List<String> faults) {
    JsonNode root = tree(file, faults);
    List<RegisteredSystem> systems = new ArrayList<>();
    for (int i = 0; i < root.size(); i++) {
      SystemEntry entry = new SystemEntry(file.getFileName() + ": [" + i + "]", root.get(i));
      system(entry).ifPresent(systems::add);
      faults.addAll(entry.faults());
    }
    return systems;
  }

  private static JsonNode tree(Path file, List<String> faults) {
    JsonNode nothing = MAPPER.createArrayNode();
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
      if (root.isArray()) {
        return root;
      }
      faults.add(file.getFileName() + ": is not a list of systems");
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr();
      faults.add(file.getFileName() + " line " + line + ": is not well-formed JSON");
    } catch (IOException unreadable) {
      faults.add(file.getFileName() + ": cannot be read");
    }
    return nothing;
  }

  private Optional<RegisteredSystem> system(SystemEntry entry) {
    Optional<Asid> asid = entry.required("asid", "an ASID of twelve digits", Asid::new);
    Optional<String> name = entry.required("name", "a name", text -> text);
    Optional<OdsCode> authority =
        entry.optional("localAuthority", "an organisation code", OdsCode::new);
    Set<OdsCode> organisations =
        entry.several("organisations", "an organisation code", OdsCode::new);
    Set<Interaction> interactions =
        entry.several(
            "interactions", "an interaction id", id -> Interaction.ofAction(id).orElseThrow());
    Set<ActivityCode> activities =
        entry.several("activityCodes", "B0107 or B0170", ActivityCode::valueOf);
    Optional<CareSetting> setting =
        entry.optional(
            "defaultSetting", "a care setting", code -> CareSetting.ofCode(code).orElseThrow());
    Optional<String> version = entry.optional("minimumProductVersion", "a version", text -> text);
    Optional<SignatureKind> kind =
        entry.optional("signatureKind", "RSA or EC", SignatureKind::valueOf);
    Set<RegisteredCertificate> transport = certificates(entry, "transportCertificates");
    Set<RegisteredCertificate> signing = certificates(entry, "signingCertificates");
    Validity validity = entry.validity();
    boolean suspended = entry.flag("suspended");
    if (!entry.sound()) {
      return Optional.empty();
    }
    return Optional.of(
        new RegisteredSystem(
            new AccreditedSystem(
                asid.orElseThrow(),
                name.orElseThrow(),
                authority,
                organisations,
                interactions,
                activities,
                setting,
                version,
                kind.orElse(SignatureKind.RSA)),
            transport,
            signing,
            validity,
            suspended));
  }

  private Set<RegisteredCertificate> certificates(SystemEntry entry, String field) {
    Set<RegisteredCertificate> all = entry.certificates(field, certificates::read);
    if (all.stream().map(RegisteredCertificate::certificate).distinct().count() < all.size()) {
      entry.fault(field, "has a certificate twice");
    }
    return all;
  }

  @Override
  public void write(Path file, List<RegisteredSystem> systems) throws IOException {
    ArrayNode root = MAPPER.createArrayNode();
    systems.forEach(system -> root.add(form(system)));
    MAPPER.writeValue(file.toFile(), root);
  }

  private ObjectNode form(RegisteredSystem registered) {
    AccreditedSystem system = registered.system();
    ObjectNode node = MAPPER.createObjectNode();
    node.put("asid", system.asid().digits());
    node.put("name", system.name());
    system.localAuthority().ifPresent(code -> node.put("localAuthority", code.value()));
    list(node, "organisations", system.organisations().stream().map(OdsCode::value));
    list(node, "interactions", system.interactions().stream().map(Interaction::action));
    list(node, "activityCodes", system.activityCodes().stream().map(ActivityCode::name));
    system.defaultSetting().ifPresent(setting -> node.put("defaultSetting", setting.code()));
    system.minimumProductVersion().ifPresent(text -> node.put("minimumProductVersion", text));
    node.put("signatureKind", system.signatureKind().name());
    dates(node, registered.validity());
    if (registered.suspended()) {
      node.put("suspended", true);
    }
    certificates(node.putArray("transportCertificates"), registered.transport());
    certificates(node.putArray("signingCertificates"), registered.signing());
    return node;
  }

  private void certificates(ArrayNode list, Set<RegisteredCertificate> all) {
    all.stream()
        .sorted(Comparator.comparing(each -> each.fingerprint().hex()))
        .forEach(each -> list.add(form(each)));
  }

  private JsonNode form(RegisteredCertificate registered) {
    String name = certificates.write(registered.certificate());
    if (registered.validity().equals(Validity.ALWAYS)) {
      return TextNode.valueOf(name);
    }
    ObjectNode node = MAPPER.createObjectNode().put("file", name);
    dates(node, registered.validity());
    return node;
  }

  private static void dates(ObjectNode node, Validity validity) {
    validity.from().ifPresent(at -> node.put("from", at.toString()));
    validity.until().ifPresent(at -> node.put("until", at.toString()));
  }

  private static void list(ObjectNode node, String field, Stream<String> values) {
    ArrayNode list = node.putArray(field);
    values.sorted().forEach(list::add);
  }
}
