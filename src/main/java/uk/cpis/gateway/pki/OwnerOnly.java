package uk.cpis.gateway.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files and folders that only their owner may open, where the system knows such rights; the rights
 * are there from the first byte on. Files appear whole or not at all.
 */
public final class OwnerOnly {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /** Makes the folder and those above it. */
  public static void folder(Path folder) {
    try {
      Files.createDirectories(folder, rights("rwx------"));
    } catch (IOException e) {
      throw new KeyMaterialException("cannot make the folder " + folder, e);
    }
  }

  /**
   * Whether nobody but its owner may open it; where the system knows no such rights, it is said.
   */
  public static boolean isClosed(Path place) {
    return others(place).isEmpty();
  }

  /** Whether nobody but owner and group may open it. */
  public static boolean isForGroup(Path place) {
    return others(place).stream().allMatch(right -> right.name().startsWith("GROUP_"));
  }

  /** Whether all that others than its owner may do is that the group may read it. */
  public static boolean isForGroupToRead(Path file) {
    return Set.of(PosixFilePermission.GROUP_READ).containsAll(others(file));
  }

  /** Whether everybody may change it. */
  public static boolean isWritableByAll(Path place) {
    return others(place).contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static Set<PosixFilePermission> others(Path place) {
    try {
      return POSIX
          ? Files.getPosixFilePermissions(place).stream()
              .filter(right -> !right.name().startsWith("OWNER_"))
              .collect(Collectors.toSet())
          : Set.of();
    } catch (IOException e) {
      throw new KeyMaterialException("cannot look at the rights of " + place, e);
    }
  }

  /** Writes ASCII text, in place of what stood there. */
  public static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.US_ASCII));
  }

  /** An empty file beside this one, to be filled and then moved into its place. */
  public static Path unfinished(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      return Files.createTempFile(folder, ".new-", "", rights("rw-------"));
    } catch (IOException e) {
      throw new KeyMaterialException("cannot write beside " + file, e);
    }
  }

  /** Writes these bytes, in place of what stood there. */
  public static void write(Path file, byte[] content) {
    try {
      Path unfinished = unfinished(file);
      Files.write(unfinished, content);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new KeyMaterialException("cannot write " + file, e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new KeyMaterialException("cannot delete " + file, e);
    }
  }

  private static FileAttribute<?>[] rights(String rights) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
