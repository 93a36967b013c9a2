/**
 * What generated experts must be compared with: baselines and the honest rivals, each a method that
 * is given the same window and scored on the same rollouts.
 */
package io.dynadiff.trainer.rival;
