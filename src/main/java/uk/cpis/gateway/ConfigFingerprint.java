package uk.cpis.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import uk.cpis.gateway.audit.Digest;

/**
 * One short value for every setting that counts, so that two runs with the same one were configured
 * alike. The one secret is left out: a digest of it could be tried.
 */
final class ConfigFingerprint {

  private static final int DIGITS = 16;

  private ConfigFingerprint() {}

  static String of(GatewayConfig settings) {
    StringBuilder text = new StringBuilder();
    add(text, "cpis", GatewayConfig.class, settings);
    return Digest.beginning(text.toString()).substring(0, DIGITS);
  }

  private static void add(StringBuilder text, String name, Class<?> type, Object settings) {
    Method[] methods = type.getDeclaredMethods();
    Arrays.sort(methods, Comparator.comparing(Method::getName));
    for (Method method : methods) {
      if (method.getParameterCount() > 0 || method.isSynthetic() || secret(method)) {
        continue;
      }
      String key = name + "." + method.getName();
      Object value = value(method, settings);
      if (method.getReturnType().getEnclosingClass() == GatewayConfig.class
          && method.getReturnType().isInterface()) {
        add(text, key, method.getReturnType(), value);
      } else {
        text.append(key).append('=').append(value).append('\n');
      }
    }
  }

  private static boolean secret(Method method) {
    return method.getDeclaringClass() == GatewayConfig.Store.class
        && method.getName().equals("key");
  }

  private static Object value(Method method, Object settings) {
    try {
      return method.invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("settings are read through their interface", e);
    }
  }
}
