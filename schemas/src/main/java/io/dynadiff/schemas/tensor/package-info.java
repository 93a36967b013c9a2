/** Arrays of numbers on the wire, strictly checked in both directions. */
package io.dynadiff.schemas.tensor;
