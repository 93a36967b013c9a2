/** Where arrays are kept and computed on. */
package io.dynadiff.models.device;
