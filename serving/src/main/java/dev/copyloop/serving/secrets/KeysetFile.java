package dev.copyloop.serving.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyset that secrets are sealed with, in a file of its own: Tink's JSON keyset of AES-256-GCM
 * keys, the primary one seals, all of them open.
 */
public final class KeysetFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeysetFile.class);

  private KeysetFile() {}

  /**
   * Opens a keyset.
   *
   * @throws IOException if it is not there, or is none
   */
  public static SecretBox open(Path file) throws IOException {
    try {
      KeysetHandle keyset =
          TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file), AeadConfig2026.get(), InsecureSecretKeyAccess.get());
      return new SecretBox(keyset.getPrimitive(AeadConfig2026.get(), Aead.class));
    } catch (IOException e) {
      throw new IOException(
          "Cannot read the keyset "
              + file
              + ": every instance needs the one that the stored secrets were sealed with",
          e);
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot use the keyset " + file + ": it is no Tink AEAD keyset", e);
    }
  }

  /**
   * Opens a keyset; makes a new one, mode 600, if there is none.
   *
   * @throws IOException if it can't be read or made
   */
  public static SecretBox openOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
      LOG.warn("Made a new keyset for secrets: {}. Without it they can't be read: keep it", file);
    }
    return open(file);
  }

  private static void create(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(StandardCharsets.UTF_8.encode(newKeyset()));
      channel.force(true);
    }
  }

  private static String newKeyset() {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get()),
          AeadConfig2026.get(),
          InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
    }
  }
}
