/** Which candidate experts a bundle asks for, and how the best is chosen. */
package io.dynadiff.models.candidates;
