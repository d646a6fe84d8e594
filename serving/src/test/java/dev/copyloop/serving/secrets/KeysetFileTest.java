package dev.copyloop.serving.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetFileTest {
  private static final SecretBox.Field FIELD = SecretBox.Field.SIGNING_KEY;

  @TempDir private Path folder;

  @Test
  void aNewKeysetIsReadableByItsOwnerOnlyAndOpensWhatItSealed()
      throws IOException, GeneralSecurityException {
    Path file = folder.resolve("keys/keyset.json");
    String sealed = KeysetFile.openOrCreate(file).seal("acme", FIELD, "geheim");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(KeysetFile.openOrCreate(file).open("acme", FIELD, sealed)).isEqualTo("geheim");
    assertThat(KeysetFile.open(file).seal("acme", FIELD, "geheim")).isNotEqualTo(sealed);
  }

  @Test
  void whatIsSealedForAnotherPlaceOrChangedIsNotOpened() throws IOException {
    SecretBox box = KeysetFile.openOrCreate(folder.resolve("one.json"));
    SecretBox other = KeysetFile.openOrCreate(folder.resolve("other.json"));
    String sealed = box.seal("acme", FIELD, "geheim");
    assertThatThrownBy(() -> box.open("other", FIELD, sealed))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> other.open("acme", FIELD, sealed))
        .isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> box.open("acme", FIELD, "no base64!"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aKeysetThatIsMissingOrBrokenIsNamed() throws IOException {
    assertThatThrownBy(() -> KeysetFile.open(folder.resolve("absent.json")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent.json");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{}");
    assertThatThrownBy(() -> KeysetFile.open(broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.json");
  }
}
