/** Sizes and settings of trainings. */
package io.dynadiff.trainer.preset;
