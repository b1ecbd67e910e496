package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

/** Says what runs where, and what to type next. */
final class NextSteps {

  private NextSteps() {}

  static void print(Demonstration demonstration, Path folder, PrintWriter out) {
    String gateway = demonstration.gateway().addresses().get(0).toString();
    out.printf(
        """

        It keeps running until you press Ctrl-C.

          %-34s web services (mutual TLS); contracts at /query?wsdl and so on
          %-34s health and lanes (this machine only)

        Type next, in another terminal and in this folder:

          java @target/cpis query                  the same child again, from Homerton
          java @target/cpis query --from paramedic the same, from an ambulance
          java @target/cpis authority stop TWH     take Tower Hamlets' system down, query again, and
          java @target/cpis lanes --watch          watch its lane wait; then
          java @target/cpis authority start TWH    bring it back and watch the lane empty
          java @target/cpis query 9990002274       a child known to Oxfordshire, which is told,
          java @target/cpis mailbox IOS            and to the Isles of Scilly, which collect
          java @target/cpis --help                 everything else

        Look at what went over the wire, and what the authorities made of it:

          %s
          %s
        """,
        gateway,
        demonstration.gateway().operations(),
        folder.resolve("messages"),
        folder.resolve("tasks"));
    out.flush();
  }
}
