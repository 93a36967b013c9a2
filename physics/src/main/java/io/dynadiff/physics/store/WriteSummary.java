package io.dynadiff.physics.store;

/**
 * What a run of the writer did.
 *
 * @param trajectories trajectories that are finished now
 * @param chunksWritten chunks written by this run
 * @param chunksFound chunks that an earlier run had left
 */
public record WriteSummary(int trajectories, long chunksWritten, long chunksFound) {

  WriteSummary plus(WriteSummary other) {
    return new WriteSummary(
        trajectories + other.trajectories,
        chunksWritten + other.chunksWritten,
        chunksFound + other.chunksFound);
  }
}
