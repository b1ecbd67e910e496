package uk.cpis.gateway.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.jspecify.annotations.Nullable;

/**
 * The broker's only user: this process, with a password made at each start and written nowhere. It
 * may send, consume and browse; nobody may create, delete or manage through a connection.
 */
final class OnlyUser implements ActiveMQSecurityManager {

  private static final int SECRET_BYTES = 32;
  private static final Set<CheckType> ALLOWED =
      Set.of(CheckType.SEND, CheckType.CONSUME, CheckType.BROWSE);

  private final String name = "gateway";
  private final String password = secret();

  /** A fresh random text that nobody can guess. */
  static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String name() {
    return name;
  }

  String password() {
    return password;
  }

  @Override
  public boolean validateUser(@Nullable String user, @Nullable String given) {
    return name.equals(user)
        && given != null
        && MessageDigest.isEqual(
            password.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean validateUserAndRole(
      @Nullable String user, @Nullable String given, Set<Role> roles, CheckType checkType) {
    return ALLOWED.contains(checkType) && validateUser(user, given);
  }

  @Override
  public String toString() {
    return "OnlyUser[" + name + "]";
  }
}
