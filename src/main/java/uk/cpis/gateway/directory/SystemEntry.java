package uk.cpis.gateway.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One object of the systems' file: its fields read one by one, the faults gathered. */
final class SystemEntry {

  private final String place;
  private final JsonNode node;
  private final Set<String> known = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  SystemEntry(String place, JsonNode node) {
    this.place = place;
    this.node = node;
  }

  <T> Optional<T> required(String field, String takes, Function<String, T> reader) {
    Optional<T> value = optional(field, takes, reader);
    if (node.path(field).isMissingNode()) {
      fault(field, "is missing");
    }
    return value;
  }

  <T> Optional<T> optional(String field, String takes, Function<String, T> reader) {
    known.add(field);
    JsonNode value = node.path(field);
    return value.isMissingNode() ? Optional.empty() : read(field, value, takes, reader);
  }

  /** A list that may be empty or missing. */
  <T> Set<T> several(String field, String takes, Function<String, T> reader) {
    known.add(field);
    Set<T> values = new LinkedHashSet<>();
    JsonNode list = node.path(field);
    if (!list.isArray() && !list.isMissingNode()) {
      fault(field, "is not a list");
    }
    for (int i = 0; i < list.size(); i++) {
      read(field + "[" + i + "]", list.get(i), takes, reader).ifPresent(values::add);
    }
    return values;
  }

  /** A list of at least one certificate: the name of its file, or an object of file and dates. */
  Set<RegisteredCertificate> certificates(String field, Function<String, X509Certificate> reader) {
    known.add(field);
    Set<RegisteredCertificate> values = new LinkedHashSet<>();
    JsonNode list = node.path(field);
    if (!list.isArray() && !list.isMissingNode()) {
      fault(field, "is not a list");
    }
    if (list.isEmpty()) {
      fault(field, "is missing");
    }
    for (int i = 0; i < list.size(); i++) {
      certificate(field + "[" + i + "]", list.get(i), reader).ifPresent(values::add);
    }
    return values;
  }

  private Optional<RegisteredCertificate> certificate(
      String field, JsonNode value, Function<String, X509Certificate> reader) {
    String takes = "the file of a certificate";
    if (!value.isObject()) {
      return read(field, value, takes, reader).map(RegisteredCertificate::always);
    }
    SystemEntry entry = new SystemEntry(place + "." + field, value);
    Optional<X509Certificate> certificate = entry.required("file", takes, reader);
    Validity validity = entry.validity();
    boolean sound = entry.sound();
    faults.addAll(entry.faults());
    return certificate.filter(any -> sound).map(each -> new RegisteredCertificate(each, validity));
  }

  /** Its dates, of which either may be missing. */
  Validity validity() {
    String takes = "a moment such as 2027-03-31T23:00:00Z";
    Optional<Instant> from = optional("from", takes, SystemEntry::moment);
    Optional<Instant> until = optional("until", takes, SystemEntry::moment);
    try {
      return new Validity(from, until);
    } catch (IllegalArgumentException contradiction) {
      fault("until", "is not after from");
      return Validity.ALWAYS;
    }
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no moment", e);
    }
  }

  /** True or false; false where it is missing. */
  boolean flag(String field) {
    known.add(field);
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      fault(field, "is not true or false");
    }
    return value.asBoolean();
  }

  private <T> Optional<T> read(
      String field, JsonNode value, String takes, Function<String, T> reader) {
    try {
      if (value.isTextual() && !value.textValue().isBlank()) {
        return Optional.of(reader.apply(value.textValue().strip()));
      }
    } catch (IllegalArgumentException | NoSuchElementException notTaken) {
      // named below, without what stood there
    }
    fault(field, "is not " + takes);
    return Optional.empty();
  }

  /** Whether every field is good and none is unknown; asked when all have been read. */
  boolean sound() {
    if (!node.isObject()) {
      faults.clear();
      faults.add(place + " is not an object");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                fault(name, "is no field of a system");
              }
            });
    return faults.isEmpty();
  }

  List<String> faults() {
    return faults;
  }

  void fault(String field, String what) {
    faults.add(place + "." + field + " " + what);
  }
}
