package io.dynadiff.cli.bench.measure;

/** One measurement that can be run by itself. */
public interface BenchPart {

  /** What it is called on the command line and in figures. */
  String name();

  /** About how long it takes, in seconds; corrected by what really happens. */
  double expectedSeconds(BenchRun run);

  /**
   * Measures, and puts what it finds into the run.
   *
   * @throws Exception if the measurement cannot be made
   */
  void measure(BenchRun run) throws Exception;
}
