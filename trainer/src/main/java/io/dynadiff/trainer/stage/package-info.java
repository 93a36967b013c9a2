/** Resumable training stages: checkpoints, progress, loss curves. */
package io.dynadiff.trainer.stage;
