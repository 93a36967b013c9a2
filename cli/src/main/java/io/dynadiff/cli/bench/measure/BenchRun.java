package io.dynadiff.cli.bench.measure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * What a run of measurements shares: where things are, how thorough it is, and what was found. For
 * one thread.
 */
public final class BenchRun {

  private final Path home;
  private final Path bundle;
  private final Path work;
  private final boolean quick;
  private final Map<String, String> settings;
  private final DoubleConsumer progress;
  private final Figures figures = new Figures();
  private final Map<String, Object> configuration = new LinkedHashMap<>();

  /**
   * @param home checkout or installation with the launcher
   * @param bundle the bundle that is measured with
   * @param work directory for what is needed meanwhile; deleted by whoever made it
   * @param quick whether small sizes are enough: to see that it works, not to learn how fast
   * @param settings settings of the roles that differ from the defaults
   * @param progress told how much of a part is done, 0 to 1
   */
  public BenchRun(
      Path home,
      Path bundle,
      Path work,
      boolean quick,
      Map<String, String> settings,
      DoubleConsumer progress) {
    this.home = home;
    this.bundle = bundle;
    this.work = work;
    this.quick = quick;
    this.settings = Map.copyOf(settings);
    this.progress = progress;
  }

  public Path home() {
    return home;
  }

  public Path bundle() {
    return bundle;
  }

  public Path work() {
    return work;
  }

  public boolean quick() {
    return quick;
  }

  public Map<String, String> settings() {
    return settings;
  }

  /** One of two values: for a quick run, or for one that is to tell something. */
  public int sized(int quickly, int thoroughly) {
    return quick ? quickly : thoroughly;
  }

  /** Tells how much of the part is done, 0 to 1. */
  public void within(double done) {
    progress.accept(done);
  }

  public Figures figures() {
    return figures;
  }

  /** Settings of a part, for the results file. */
  public void configure(String name, Object value) {
    configuration.put(name, value);
  }

  public Map<String, Object> configuration() {
    return configuration;
  }
}
