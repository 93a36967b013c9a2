package io.dynadiff.trainer.stage;

import io.dynadiff.models.json.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What the training of a stage took, as it stands beside the stage's result.
 *
 * @param seconds wall time of its updates, over all runs that it took
 * @param peakMebibytes most memory that the process held meanwhile, native memory and whatever else
 *     it held included; 0 where the system does not tell
 * @param steps updates
 */
public record StageCost(double seconds, double peakMebibytes, int steps) {

  private static final String FILE = "cost.json";
  private static final StageCost NONE = new StageCost(0, 0, 0);

  /**
   * The cost of a stage; empty if it was trained by a release that took no notes, or not at all.
   */
  public static Optional<StageCost> read(StageStore store) {
    Path file = store.directory().resolve(FILE);
    try {
      return Files.exists(file)
          ? Optional.of(
              CanonicalJson.read(Files.readString(file), StageCost.class, file.toString()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both one after the other. */
  public StageCost plus(StageCost other) {
    return new StageCost(
        seconds + other.seconds, Math.max(peakMebibytes, other.peakMebibytes), steps + other.steps);
  }

  /** Measures a training from now on. */
  static Meter meter(StageStore store, int firstStep) {
    return new Meter(store, firstStep);
  }

  /** A running measurement; notes of runs before a kill are added up. */
  static final class Meter {

    private final StageStore store;
    private final int firstStep;
    private final StageCost earlier;
    private final long start = System.nanoTime();

    private Meter(StageStore store, int firstStep) {
      this.store = store;
      this.firstStep = firstStep;
      this.earlier = firstStep > 0 ? read(store).orElse(NONE) : NONE;
      try {
        PeakMemory.reset();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot reset the peak of the memory", e);
      }
    }

    /** Writes down what so many updates have taken. */
    void note(int steps) {
      try {
        double peak = PeakMemory.mebibytes();
        StageCost cost =
            earlier.plus(
                new StageCost(
                    (System.nanoTime() - start) / 1e9,
                    Double.isFinite(peak) ? peak : 0,
                    steps - firstStep));
        Files.createDirectories(store.directory());
        // A reader after a kill finds the costs of before or these, never half of them.
        Path part = store.directory().resolve(FILE + ".part");
        Files.writeString(part, CanonicalJson.write(cost) + "\n");
        Files.move(
            part,
            store.directory().resolve(FILE),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the cost of " + store.directory(), e);
      }
    }
  }
}
