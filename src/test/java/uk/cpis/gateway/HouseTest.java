package uk.cpis.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.Sender;

/** Holds the floors of the house: who may use whom, and what lives in one place only. */
class HouseTest {

  private static final String ROOT = "uk.cpis.gateway";

  /** The packages that make up the program around the trade: floor 5. */
  private static final Set<String> TOP = Set.of("", "simulator", "soapui", "bench", "cli");

  /** For each package below floor 5 the packages of ours that it may use. */
  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> floors = new LinkedHashMap<>();
    floors.put("contract", Set.of());
    floors.put("domain", Set.of());
    floors.put("steps", Set.of());
    floors.put("evidence", Set.of());
    floors.put("wire", Set.of("contract", "domain"));
    floors.put("pki", Set.of("domain"));
    floors.put("authorisation", Set.of("domain"));
    floors.put("csv", Set.of());
    floors.put("store", Set.of("domain", "steps"));
    floors.put("queue", Set.of("domain"));
    floors.put("security", Set.of("domain", "pki"));
    floors.put("directory", Set.of("domain", "csv", "pki", "store"));
    floors.put("demographics", Set.of("domain", "csv", "store"));
    floors.put("audit", Set.of("domain", "evidence", "store"));
    floors.put("refusals", Set.of("domain", "store"));
    floors.put("outbound", Set.of("domain", "contract", "wire", "security"));
    Set<String> ofAService =
        Set.of("domain", "authorisation", "directory", "demographics", "audit", "store", "steps");
    List.of("query", "submission", "history", "mailbox", "events")
        .forEach(s -> floors.put(s, ofAService));
    floors.put("retention", Set.of("domain", "steps", "store", "audit"));
    floors.put(
        "delivery", Set.of("domain", "steps", "store", "queue", "outbound", "directory", "audit"));
    floors.put("watch", Set.of("domain", "store"));
    Set<String> services = Set.of("query", "submission", "history", "mailbox");
    floors.put(
        "endpoint",
        union(services, Set.of("contract", "wire", "domain", "security", "directory", "audit")));
    floors.put(
        "operations",
        union(services, Set.of("domain", "directory", "audit", "delivery", "retention")));
    return floors;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }

  @Test
  void everyPackageStandsOnItsFloor() {
    assertThat(packages()).isSubsetOf(union(TOP, MAY_USE.keySet()));
  }

  @Test
  void importsGoDownwardsOnly() {
    MAY_USE.forEach(
        (name, allowed) ->
            classes()
                .that(resideInAPackage(tree(name)))
                .should()
                .onlyDependOnClassesThat(
                    not(resideInAPackage(ROOT + ".."))
                        .or(resideInAPackage(tree(name)))
                        .or(
                            resideInAnyPackage(
                                allowed.stream().map(HouseTest::tree).toArray(String[]::new))))
                .allowEmptyShould(true)
                .check(HOUSE));
  }

  @Test
  void theRootKnowsNoToolsAndTheToolsKnowNoCommands() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(tree("simulator"), tree("soapui"), tree("bench"), tree("cli"))
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAnyPackage(tree("simulator"), tree("soapui"), tree("bench"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(tree("cli"))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void packagesFormNoCircle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void sqlIsSpokenInTheStoreOnly() {
    onlyIn(Set.of("store"), "java.sql..", "javax.sql..", "org.apache.derby..", "org.flywaydb..");
  }

  @Test
  void jmsIsSpokenInTheQueueOnly() {
    onlyIn(Set.of("queue"), "jakarta.jms..", "org.apache.activemq..");
  }

  @Test
  void certificatesAreMadeInPkiOnly() {
    onlyIn(Set.of("pki"), "org.bouncycastle..");
  }

  @Test
  void nativeCodeWorksOutSignaturesOnly() {
    onlyIn(Set.of("security"), "com.amazon..");
  }

  @Test
  void httpAndSoapStayAtTheDoors() {
    onlyIn(
        Set.of("security", "outbound", "endpoint", "simulator", "bench", "cli"),
        "org.apache.cxf..",
        "org.eclipse.jetty..",
        "jakarta.servlet..");
  }

  @Test
  void theDomainKnowsTheJavaBaseOnly() {
    classes()
        .that()
        .resideInAPackage(tree("domain"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            tree("domain"),
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.nio.charset..",
            "org.jspecify.annotations..")
        .check(HOUSE);
  }

  @Test
  void theClockIsReadAtTheTopOnly() {
    String[] below = MAY_USE.keySet().stream().map(HouseTest::tree).toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(below)
        .and()
        .resideOutsideOfPackage(tree("contract"))
        .should()
        .accessTargetWhere(describe("reads the system's clock", HouseTest::readsTheClock))
        .check(HOUSE);
  }

  private static boolean readsTheClock(JavaAccess<?> access) {
    JavaClass owner = access.getTarget().getOwner();
    String name = access.getTarget().getName();
    boolean withoutArguments =
        access.getTarget() instanceof CodeUnitCallTarget call
            && call.getRawParameterTypes().isEmpty();
    return (owner.getPackageName().equals("java.time") && name.equals("now") && withoutArguments)
        || (owner.isEquivalentTo(java.time.Clock.class) && name.startsWith("system"))
        || (owner.isEquivalentTo(java.time.InstantSource.class) && name.equals("system"))
        || (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
        || (owner.isEquivalentTo(java.util.Date.class)
            && name.equals("<init>")
            && withoutArguments);
  }

  @Test
  void onlySecuritySaysWhoTheSenderIs() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("security"))
        .and()
        .doNotHaveFullyQualifiedName(Sender.class.getName())
        .should()
        .callConstructorWhere(
            describe("makes a Sender", call -> call.getTargetOwner().isEquivalentTo(Sender.class)))
        .check(HOUSE);
  }

  @Test
  void everyPackageSaysWhatItIsAndThatNothingIsNull() {
    Set<String> described =
        HOUSE.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .filter(type -> type.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> ours =
        HOUSE.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.startsWith(ROOT + ".contract"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(ours);
  }

  private static void onlyIn(Set<String> homes, String... foreign) {
    noClasses()
        .that()
        .resideOutsideOfPackages(homes.stream().map(HouseTest::tree).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign)
        .as("only " + homes + " may use " + Arrays.toString(foreign))
        .check(HOUSE);
  }

  private static Set<String> packages() {
    return HOUSE.stream()
        .map(JavaClass::getPackageName)
        .map(name -> name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1))
        .map(name -> name.contains(".") ? name.substring(0, name.indexOf('.')) : name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String tree(String name) {
    return ROOT + "." + name + "..";
  }
}
