package dev.copyloop.serving.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetFileTest {
  private static final SecretBox.Field FIELD = SecretBox.Field.SIGNING_KEY;

  @TempDir private Path folder;

  @Test
  void aNewKeysetIsReadableByItsOwnerOnlyAndOpensWhatItSealed()
      throws IOException, GeneralSecurityException {
    Path file = folder.resolve("keys/keyset.json");
    String sealed = KeysetFile.readOrCreate(file).box().seal("acme", FIELD, "geheim");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    SecretBox again = Keyset.read(KeysetSource.parse(file.toString())).box();
    assertThat(again.open("acme", FIELD, sealed)).isEqualTo("geheim");
    assertThat(again.seal("acme", FIELD, "geheim")).isNotEqualTo(sealed);
  }

  @Test
  void whatIsSealedForAnotherPlaceOrChangedIsNotOpened() throws IOException {
    SecretBox box = KeysetFile.readOrCreate(folder.resolve("one.json")).box();
    SecretBox other = KeysetFile.readOrCreate(folder.resolve("other.json")).box();
    String sealed = box.seal("acme", FIELD, "geheim");
    assertThatThrownBy(() -> box.open("other", FIELD, sealed))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> other.open("acme", FIELD, sealed))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> box.open("acme", FIELD, "no base64!"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aKeysetComesFromAFileACommandOrTheEnvironment()
      throws IOException, GeneralSecurityException {
    Path file = folder.resolve("keyset.json");
    String sealed = KeysetFile.readOrCreate(file).box().seal("acme", FIELD, "geheim");
    for (String source : List.of(file.toString(), "file:" + file, "command:cat " + file)) {
      SecretBox box = Keyset.read(KeysetSource.parse(source)).box();
      assertThat(box.open("acme", FIELD, sealed)).as(source).isEqualTo("geheim");
    }
    assertThatThrownBy(() -> Keyset.read(KeysetSource.parse("env:COPYLOOP_NO_SUCH_VARIABLE")))
        .hasMessageContaining("env:COPYLOOP_NO_SUCH_VARIABLE");
    assertThatThrownBy(() -> Keyset.read(KeysetSource.parse("command:cat " + file + ".absent")))
        .hasMessageContaining("command:cat")
        .hasRootCauseMessage("cat ended with 1");
    assertThatThrownBy(() -> Keyset.read(KeysetSource.parse("command:no-such-program-here")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> KeysetSource.parse("command: "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNewKeyOpensBeforeItSealsAndOldOnesGoLast() throws IOException, GeneralSecurityException {
    Path file = folder.resolve("keyset.json");
    Keyset first = KeysetFile.readOrCreate(file);
    Keyset added = first.withNewKey();
    String old = added.box().seal("acme", FIELD, "geheim");
    assertThat(first.box().open("acme", FIELD, old)).as("the old one seals").isEqualTo("geheim");
    Keyset promoted = added.withLastSealing();
    String fresh = promoted.box().seal("acme", FIELD, "geheim");
    assertThat(added.box().open("acme", FIELD, fresh)).isEqualTo("geheim");
    assertThatThrownBy(() -> first.box().open("acme", FIELD, fresh))
        .isInstanceOf(GeneralSecurityException.class);
    KeysetFile.replace(file, promoted.withoutOthers());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    SecretBox last = KeysetFile.readOrCreate(file).box();
    assertThat(last.open("acme", FIELD, fresh)).isEqualTo("geheim");
    assertThatThrownBy(() -> last.open("acme", FIELD, old))
        .isInstanceOf(GeneralSecurityException.class);
    assertThat(promoted.toString()).isEqualTo("Keyset[2 keys]");
  }

  @Test
  void aKeysetThatIsMissingOrBrokenIsNamed() throws IOException {
    assertThatThrownBy(
            () -> Keyset.read(KeysetSource.parse(folder.resolve("absent.json").toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent.json");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{}");
    assertThatThrownBy(() -> Keyset.read(KeysetSource.parse(broken.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.json");
  }
}
