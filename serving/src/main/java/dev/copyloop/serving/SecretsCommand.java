package dev.copyloop.serving;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.serving.secrets.Keyset;
import dev.copyloop.serving.secrets.KeysetFile;
import dev.copyloop.serving.secrets.KeysetSource;
import dev.copyloop.serving.settings.Database;
import dev.copyloop.serving.settings.SealedSecrets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;

/**
 * Changes the key that secrets are sealed with: {@code secrets add-key | promote | reseal |
 * retire}.
 */
public final class SecretsCommand {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE_ERROR = 2;
  private static final String USAGE =
      """
      Usage: secrets COMMAND --config FILE

      Changes the key that signing keys are sealed with, without a moment in which an instance can't
      read them. In this order; with one instance a restart of it is "restart all".

        add-key   adds a key to the keyset that only opens yet; then restart all instances
        promote   makes the newest key the one that seals; then restart all instances
        reseal    seals what is in PostgreSQL with it; instances take it up within a second
        retire    removes the other keys from the keyset, once nothing needs them

        --config FILE  the properties of serving: serving.secrets.keyset, serving.snapshot.file and
                       serving.database.url are read

      A keyset that comes from env: or command: is changed where it is kept, by tinkey: add-key,
      promote-key, delete-key; reseal is the same for it.

      Exit codes: 0 done, 1 not done, and nothing was changed, 2 wrong usage.
      """;

  private final PrintStream out;

  SecretsCommand(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new SecretsCommand(System.out).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return DONE;
    }
    if (arguments.size() != 3 || !"--config".equals(arguments.get(1))) {
      out.print(USAGE);
      return USAGE_ERROR;
    }
    try {
      return run(arguments.get(0), ConfigReader.ofFile(Path.of(arguments.get(2))));
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return USAGE_ERROR;
    } catch (IOException | SQLException | GeneralSecurityException e) {
      out.println("Nothing was changed: " + e.getMessage());
      return FAILED;
    }
  }

  private int run(String command, ConfigReader config)
      throws IOException, SQLException, GeneralSecurityException {
    KeysetSource source = ServingConfig.keyset(config).orElseGet(() -> besideSnapshot(config));
    Keyset keyset = Keyset.read(source);
    switch (command) {
      case "add-key" -> addKey(file(source), keyset);
      case "promote" -> promote(file(source), keyset);
      case "reseal" -> reseal(keyset, secrets(config));
      case "retire" -> retire(file(source), keyset, secrets(config));
      default -> throw new IllegalArgumentException("Unknown command " + command + "; see --help");
    }
    return DONE;
  }

  private static KeysetSource besideSnapshot(ConfigReader config) {
    return new KeysetSource.InFile(
        KeysetFile.beside(Path.of(config.requiredText("serving.snapshot.file"))));
  }

  private static SealedSecrets secrets(ConfigReader config) {
    Database database = ServingConfig.database(config);
    return new SealedSecrets(database);
  }

  private static Path file(KeysetSource source) throws IOException {
    if (source instanceof KeysetSource.InFile inFile) {
      return inFile.file();
    }
    throw new IOException("the keyset comes from " + source + ": change it where it is kept");
  }

  private void addKey(Path file, Keyset keyset) throws IOException {
    if (!keyset.isLastSealing()) {
      throw new IOException("the newest key does not seal yet: promote it first");
    }
    Keyset more = keyset.withNewKey();
    KeysetFile.replace(file, more);
    out.printf(
        "%s has %d keys; the newest only opens. Restart all instances, then promote it%n",
        file, more.size());
  }

  private void promote(Path file, Keyset keyset) throws IOException {
    if (keyset.isLastSealing()) {
      throw new IOException("the newest key seals already: add-key adds one");
    }
    KeysetFile.replace(file, keyset.withLastSealing());
    out.printf("The newest key of %s seals. Restart all instances, then reseal%n", file);
  }

  private void reseal(Keyset keyset, SealedSecrets secrets)
      throws SQLException, GeneralSecurityException {
    int count = secrets.reseal(keyset.box());
    out.printf("%d signing keys were sealed anew. Then retire the other keys%n", count);
  }

  private void retire(Path file, Keyset keyset, SealedSecrets secrets)
      throws IOException, SQLException, GeneralSecurityException {
    Keyset left = keyset.withoutOthers();
    int count = secrets.openAll(left.box());
    KeysetFile.replace(file, left);
    out.printf(
        "%d keys were removed from %s; the one that is left opens all %d signing keys%n",
        keyset.size() - left.size(), file, count);
  }
}
