package uk.cpis.gateway.directory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.csv.CsvColumn;
import uk.cpis.gateway.csv.CsvException;
import uk.cpis.gateway.csv.CsvTable;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Telephone;

/** The file of the sites of care. */
final class SitesFile {

  private static final CsvColumn<OdsCode> CODE =
      CsvColumn.required("code", "an organisation code", OdsCode::new);
  private static final CsvColumn<String> NAME = CsvColumn.required("name", "a name", text -> text);
  private static final CsvColumn<String> REGION =
      CsvColumn.required("region", "a region", text -> text);
  private static final CsvColumn<CareSetting> SETTING =
      CsvColumn.required(
          "setting", "a care setting", text -> CareSetting.ofCode(text).orElseThrow());
  private static final CsvColumn<Optional<Telephone>> TELEPHONE =
      CsvColumn.optional("telephone", "a telephone number", Telephone::new);

  private static final CsvTable<RegisteredSite> TABLE =
      new CsvTable<>(
          List.of(CODE, NAME, REGION, SETTING, TELEPHONE),
          row ->
              new RegisteredSite(
                  row.of(CODE), row.of(NAME), row.of(REGION), row.of(SETTING), row.of(TELEPHONE)),
          site ->
              List.of(
                  site.code().value(),
                  site.name(),
                  site.region(),
                  site.setting().code(),
                  site.telephone().map(Telephone::number).orElse("")));

  private SitesFile() {}

  static List<RegisteredSite> read(Path file, List<String> faults) {
    try {
      return TABLE.read(file);
    } catch (CsvException refusal) {
      refusal.faults().forEach(fault -> faults.add(file.getFileName() + ": " + fault));
      return List.of();
    }
  }

  static void write(Path file, List<RegisteredSite> sites) {
    TABLE.write(file, sites);
  }
}
