package uk.cpis.gateway.demographics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** A token in a file that somebody else keeps up to date; read again when the file changed. */
public final class TokenFile implements Tokens {

  private record Read(FileTime modified, long size, Token token) {}

  private final Path file;
  private Optional<Read> last = Optional.empty();

  public TokenFile(Path file) {
    this.file = file;
  }

  @Override
  public synchronized Token token(Deadline deadline) {
    try {
      FileTime modified = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      if (last.filter(read -> read.modified().equals(modified) && read.size() == size).isEmpty()) {
        last = Optional.of(new Read(modified, size, Tokens.of(Files.readString(file).strip())));
      }
      return last.orElseThrow().token();
    } catch (IOException unreadable) {
      return new Token.Unavailable("the token file cannot be read");
    }
  }

  /** Two versions may have one time and one size, so what was refused is read again. */
  @Override
  public synchronized void refused(Token token) {
    last = last.filter(read -> !read.token().equals(token));
  }
}
