/**
 * Admission: every record of the frames topic becomes an admitted frame, in order and once, or a
 * rejected one with its reason.
 */
package io.dynadiff.streams.admit;
