/** The offline path from data to bundle. */
package io.dynadiff.trainer.pipeline;
