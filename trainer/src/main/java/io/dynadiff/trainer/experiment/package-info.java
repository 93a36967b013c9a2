/** Runs methods on trained systems and keeps what they scored: the comparison, and experiments. */
package io.dynadiff.trainer.experiment;
