package uk.cpis.gateway.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.OdsCode;

/** Makes up sites: the story's emergency department first, then others in towns that are none. */
final class SyntheticSites {
  private static final String LETTERS = "ABCDEFGHJKLMNPRTUVWXY";
  private static final String DIGITS = "0123456789";

  private static final List<String> FIRST_HALVES =
      List.of(
          "Amber", "Birch", "Clover", "Dapple", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper",
          "Kestrel", "Linden", "Maple", "Nettle", "Osier", "Plover", "Quill", "Rowan", "Sorrel",
          "Thistle", "Umber", "Vetch", "Willow", "Yarrow");
  private static final List<String> SECOND_HALVES =
      List.of(
          "bridge", "by", "combe", "dale", "field", "ford", "ham", "hurst", "mere", "port", "stead",
          "ton", "wick", "worth");
  private static final List<String> REGIONS =
      List.of(
          "London",
          "North East",
          "North West",
          "Yorkshire and The Humber",
          "East Midlands",
          "West Midlands",
          "East of England",
          "South East",
          "South West");

  /** What follows the town's name, and the setting that it is. */
  private record Kind(String name, CareSetting setting) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("General Hospital emergency department", CareSetting.EMERGENCY_DEPARTMENT),
          new Kind("walk-in centre", CareSetting.WALK_IN_CENTRE),
          new Kind("minor injury unit", CareSetting.MINOR_INJURY_UNIT),
          new Kind("urgent treatment centre", CareSetting.URGENT_TREATMENT_CENTRE),
          new Kind("out-of-hours GP", CareSetting.OUT_OF_HOURS_GP),
          new Kind("NHS 111 call centre", CareSetting.NHS_111),
          new Kind("Children's Hospital paediatric ward", CareSetting.PAEDIATRIC_WARD),
          new Kind("Hospital maternity unit", CareSetting.MATERNITY_UNIT),
          new Kind("ambulance service", CareSetting.AMBULANCE_SERVICE),
          new Kind("Surgery", CareSetting.GENERAL_PRACTICE),
          new Kind("child and family clinic", CareSetting.CHILD_ADOLESCENT_MENTAL_HEALTH),
          new Kind("health visiting team", CareSetting.HEALTH_VISITING_SCHOOL_NURSING));

  private final Random random;
  private final DramaTelephones telephones;
  private final Set<OdsCode> taken = new HashSet<>();

  SyntheticSites(Random random, DramaTelephones telephones) {
    this.random = random;
    this.telephones = telephones;
  }

  List<Site> make(int count) {
    List<Site> sites = new ArrayList<>(count);
    sites.add(homerton());
    for (int i = 1; i < count; i++) {
      sites.add(site(i));
    }
    return List.copyOf(sites);
  }

  private Site homerton() {
    OdsCode code = new OdsCode("RQXM1");
    taken.add(code);
    return new Site(
        code,
        "Homerton University Hospital emergency department",
        "London",
        CareSetting.EMERGENCY_DEPARTMENT,
        telephones.next("London"));
  }

  private Site site(int index) {
    int towns = FIRST_HALVES.size() * SECOND_HALVES.size();
    int town = index % towns;
    Kind kind = KINDS.get((town + index / towns) % KINDS.size());
    String name =
        FIRST_HALVES.get(town / SECOND_HALVES.size())
            + SECOND_HALVES.get(town % SECOND_HALVES.size())
            + " "
            + kind.name();
    String region = REGIONS.get(town % REGIONS.size());
    return new Site(code(), name, region, kind.setting(), telephones.next(region));
  }

  /** A code in the shape given out since 2020: letter, digit, letter, digit, letter. */
  private OdsCode code() {
    OdsCode code;
    do {
      code =
          new OdsCode("" + any(LETTERS) + any(DIGITS) + any(LETTERS) + any(DIGITS) + any(LETTERS));
    } while (!taken.add(code));
    return code;
  }

  private char any(String characters) {
    return characters.charAt(random.nextInt(characters.length()));
  }
}
