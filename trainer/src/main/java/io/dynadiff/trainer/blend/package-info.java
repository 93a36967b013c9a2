/** Known experts, chosen, interpolated or regressed by the conditions of their environments. */
package io.dynadiff.trainer.blend;
