/** Scores of a bundle on held-out data, and results files. */
package io.dynadiff.trainer.evaluation;
