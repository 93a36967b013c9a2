package io.dynadiff.kernels;

/** The JVM's vector instructions, which are a module that has to be asked for. */
public final class VectorModule {

  private VectorModule() {}

  /**
   * Whether this JVM has them and was started with {@code --add-modules jdk.incubator.vector}.
   * Without them no other class of this package can be used.
   */
  public static boolean present() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }
}
