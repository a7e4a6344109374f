package io.github.tfbit.cli.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Ends the JVM at once when the user interrupts again while it is ending, which it would not hear
 * otherwise. The JDK offers signals only as {@code sun.misc.Signal}; where it does not, nothing
 * changes.
 */
public final class SecondInterrupt {
  private SecondInterrupt() {}

  /**
   * From now on an interrupt ends the JVM without waiting for anything.
   *
   * @param status to exit with
   */
  public static void endsAtOnce(int status) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object halts =
          Proxy.newProxyInstance(
              SecondInterrupt.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      Runtime.getRuntime().halt(status);
                      yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "ends at once";
                  });
      Object interrupt = signal.getConstructor(String.class).newInstance("INT");
      signal.getMethod("handle", signal, handler).invoke(null, interrupt, halts);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      String why = e instanceof InvocationTargetException i ? String.valueOf(i.getCause()) : "" + e;
      System.getLogger(SecondInterrupt.class.getName()).log(System.Logger.Level.DEBUG, why);
    }
  }
}
