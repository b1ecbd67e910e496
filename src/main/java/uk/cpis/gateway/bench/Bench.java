package uk.cpis.gateway.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.simulator.ClinicalRegistration;

/**
 * Puts a gateway under load and reports: the yardstick while the gateway is not there yet, then a
 * gateway over an empty store, plans sent over the wire, a warm-up by count, and the measured time.
 * Every step is bounded, and what was started ends with it.
 */
public final class Bench {

  private static final Duration YARDSTICK = Duration.ofSeconds(1);

  /** One sender asks all: what it may ask is not what is measured. */
  private static final Map<String, String> NO_RATE =
      Map.of("CPIS_HTTP_RATE_PER_SENDER", Integer.toString(100_000));

  private final BenchPlan plan;
  private final Class<?> program;
  private final PrintWriter out;

  /** Carries out a plan on a gateway that is this program's {@code serve}. */
  public Bench(BenchPlan plan, Class<?> program, PrintWriter out) {
    this.plan = plan;
    this.program = program;
    this.out = out;
  }

  /** Measures and reports; whether every query was answered and every notification settled. */
  public boolean run() throws InterruptedException {
    BenchEstate.Grounds grounds =
        BenchEstate.Grounds.of(plan.people(), plan.place().certificates(), out);
    say("Measuring the yardstick: signatures alone ...");
    Yardstick yardstick = yardstick(grounds.certificates());
    try (BenchFolder folder = BenchFolder.open(plan.place().folder())) {
      GatewayProcess.Java java = new GatewayProcess.Java(plan.virtualMachine(), NO_RATE);
      say("Starting a gateway over an empty store, in a process of its own ...");
      try (BenchEstate estate = BenchEstate.open(grounds, folder, java, program)) {
        int records = estate.load(out);
        say("The authorities sent what they hold: %,d records loaded.".formatted(records));
        Measured measured = new Measurement(plan, estate, folder, out).run();
        new Report(plan, estate.settings(), yardstick, records).print(measured, out);
        return measured.asItShould();
      }
    }
  }

  private Yardstick yardstick(DevelopmentCertificates certificates) throws InterruptedException {
    ClinicalRegistration asker = plan.clinician().registration();
    String gateway =
        switch (asker.signatureKind()) {
          case RSA -> "signing-rsa";
          case EC -> "signing-ec";
        };
    return Yardstick.measure(
        certificates.of(Group.CLINICAL, asker.signing()).keyMaterial(),
        certificates.of(Group.GATEWAY, gateway).keyMaterial(),
        YARDSTICK);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
