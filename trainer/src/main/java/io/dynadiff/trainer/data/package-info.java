/** Training data of each system: environments, trajectories, symmetries. */
package io.dynadiff.trainer.data;
