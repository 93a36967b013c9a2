package io.dynadiff.physics.store;

/** Told how far a {@link TrajectoryWriter} is; called by its workers, several at a time. */
public interface WriteProgress {
  /** Nobody wants to know. */
  WriteProgress NONE =
      new WriteProgress() {
        @Override
        public void found(long frames) {}

        @Override
        public void written(long frames) {}
      };

  /** Frames that an earlier run had written already. */
  void found(long frames);

  /** Frames computed and handed to the disk; whole chunks of them survive a kill. */
  void written(long frames);
}
