package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.StoreKeys;

/** Encrypts the store of a configuration with another key. */
@Command(
    name = "change-store-key",
    description = {
      "Encrypts the store that a configuration names with another key, while no gateway runs.",
      "It takes a copy, so there must be room for it. Interrupted, the store opens with the former"
          + " key or, at the very end, with the new one, and nothing is lost. Backups keep the key"
          + " that they were taken with."
    },
    mixinStandardHelpOptions = true)
final class ChangeStoreKeyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(
      names = "--new-key-file",
      required = true,
      paramLabel = "FILE",
      description =
          "The file with the new key, hexadecimal digits as in cpis.store.key-file, its owner's"
              + " only.")
  private Path newKeyFile;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Configuration configuration = config.read();
    StoreKeys.change(
        newKeyFile, configuration.settings(), OperationsCall.operator(), InstantSource.system());
    out.println("The store has the new key. Before the next start put it in the place of the");
    out.println("former one (cpis.store.key-file, or CPIS_STORE_KEY), and take a backup after it.");
    out.println("Keep the former key for as long as you keep backups that were taken with it.");
    out.flush();
    return 0;
  }
}
