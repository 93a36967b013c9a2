/** How methods are scored and compared on held-out data, and the files the results are kept in. */
package io.dynadiff.trainer.evaluation;
