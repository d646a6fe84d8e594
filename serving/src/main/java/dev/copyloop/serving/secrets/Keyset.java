package dev.copyloop.serving.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * The AES-256-GCM keys that secrets are sealed with, Tink's: the primary one seals, all of them
 * open. Immutable.
 */
public final class Keyset {
  private final KeysetHandle handle;

  private Keyset(KeysetHandle handle) {
    this.handle = handle;
  }

  /** A keyset of one new key. */
  static Keyset create() {
    try {
      return new Keyset(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get()));
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  /**
   * Reads a keyset.
   *
   * @throws IOException if it can't be had, or is none; naming the source
   */
  public static Keyset read(KeysetSource source) throws IOException {
    String json;
    try {
      json = source.read();
    } catch (IOException e) {
      throw new IOException(
          "Cannot read the keyset "
              + source
              + ": every instance needs the one that the stored secrets were sealed with",
          e);
    }
    try {
      Keyset keyset =
          new Keyset(
              TinkJsonProtoKeysetFormat.parseKeyset(
                  json, AeadConfig2026.get(), InsecureSecretKeyAccess.get()));
      keyset.aead();
      return keyset;
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot use the keyset " + source + ": it is no Tink AEAD keyset", e);
    }
  }

  private Aead aead() throws GeneralSecurityException {
    return handle.getPrimitive(AeadConfig2026.get(), Aead.class);
  }

  /** What seals and opens with it. */
  public SecretBox box() {
    try {
      return new SecretBox(aead());
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  /** How many keys there are. */
  public int size() {
    return handle.size();
  }

  /** The same with a new key, the last, that opens but does not seal yet. */
  public Keyset withNewKey() {
    KeysetHandle.Builder.Entry added =
        KeysetHandle.importKey(create().handle.getPrimary().getKey());
    return built(KeysetHandle.newBuilder(handle).addEntry(added));
  }

  /** The same with its last key as the one that seals. */
  public Keyset withLastSealing() {
    KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
    builder.getAt(builder.size() - 1).makePrimary();
    return built(builder);
  }

  /** Whether its last key seals. */
  public boolean isLastSealing() {
    return handle.getAt(handle.size() - 1).isPrimary();
  }

  /** Only the key that seals. */
  public Keyset withoutOthers() {
    KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
    for (int i = builder.size() - 1; i >= 0; i--) {
      if (!builder.getAt(i).isPrimary()) {
        builder.deleteAt(i);
      }
    }
    return built(builder);
  }

  private static Keyset built(KeysetHandle.Builder builder) {
    try {
      return new Keyset(builder.build());
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  /** Its text: the keys in clear. */
  String json() {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(
          handle, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private static IllegalStateException impossible(GeneralSecurityException e) {
    return new IllegalStateException("Every Java platform has AES-256-GCM", e);
  }

  @Override
  public String toString() {
    return "Keyset[" + size() + " keys]";
  }
}
