package uk.cpis.gateway.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a check found.
 *
 * @param expired how many records retention had removed
 * @param last the last seal that could be read
 * @param notes what is not wrong and should be known
 * @param findings what is wrong, the first first, and no more than are of use; empty when all is
 *     well
 */
public record Report(
    long records,
    long expired,
    long seals,
    Optional<Seal> last,
    List<String> notes,
    List<Finding> findings) {

  public Report {
    notes = List.copyOf(notes);
    findings = List.copyOf(findings);
  }

  public boolean whole() {
    return findings.isEmpty();
  }

  /** The first record that is named altered, missing, reordered or inserted. */
  public OptionalLong firstRecord() {
    return findings.stream()
        .map(Finding::record)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /** For people, some lines. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%,d records in %,d seals, %,d removed by retention%n", records, seals, expired));
    last.ifPresent(
        seal ->
            text.append(
                String.format(
                    "last seal %d:%s, of %s%n", seal.number(), seal.digest(), seal.sealedAt())));
    notes.forEach(each -> text.append(String.format("note: %s%n", each)));
    findings.forEach(each -> text.append(String.format("%s: %s%n", each.kind(), each.text())));
    return text.append(String.format(whole() ? "WHOLE%n" : "NOT WHOLE%n")).toString();
  }

  /** For programs, one JSON object. */
  public String json() {
    StringBuilder text = new StringBuilder("{\"whole\":").append(whole());
    text.append(",\"records\":").append(records);
    text.append(",\"expired\":").append(expired).append(",\"seals\":").append(seals);
    last.ifPresent(
        seal ->
            text.append(",\"lastSeal\":\"")
                .append(seal.number())
                .append(':')
                .append(seal.digest())
                .append('"'));
    text.append(",\"notes\":[");
    text.append(notes.stream().map(each -> '"' + each + '"').collect(Collectors.joining(",")));
    text.append("],\"findings\":[");
    String between = "";
    for (Finding each : findings) {
      text.append(between).append("{\"kind\":\"").append(each.kind()).append('"');
      each.record().ifPresent(number -> text.append(",\"record\":").append(number));
      text.append(",\"text\":\"").append(each.text()).append("\"}");
      between = ",";
    }
    return text.append("]}").toString();
  }
}
