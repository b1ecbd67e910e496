package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * How a record of the audit is written down to be sealed: a JSON object with the columns that have
 * a value, in this order and no other. What was sealed must be written the same for as long as it
 * is kept: new columns go to the end, and none is changed.
 */
final class AuditLines {

  static final List<String> TEXTS =
      List.of(
          "event",
          "outcome",
          "asid",
          "transport_certificate",
          "signing_certificate",
          "remote_address",
          "organisation",
          "message_id",
          "nhs_number",
          "plan_type",
          "author_kind",
          "user_key",
          "role_profile_id",
          "job_role_code",
          "job_role_name",
          "staff_title",
          "staff_given_name",
          "staff_family_name",
          "author_organisation",
          "author_organisation_name",
          "author_telephone",
          "access_mode",
          "care_setting",
          "ring_back",
          "records_found",
          "shown",
          "operator",
          "revocation_unknown",
          "request");

  private AuditLines() {}

  static String of(Row row) throws SQLException {
    StringBuilder line = new StringBuilder("{\"number\":").append(row.number("number"));
    put(line, "id", row.text("id"));
    put(line, "happened_at", row.time("happened_at").toString());
    for (String column : TEXTS) {
      Optional<String> value = row.optionalText(column);
      if (value.isPresent()) {
        put(line, column, value.get());
      }
    }
    return line.append('}').toString();
  }

  private static void put(StringBuilder line, String column, String value) {
    line.append(",\"").append(column).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each == '"' || each == '\\') {
        line.append('\\').append(each);
      } else if (each < ' ' || Character.isSurrogate(each)) {
        line.append(String.format("\\u%04x", (int) each));
      } else {
        line.append(each);
      }
    }
    line.append('"');
  }
}
