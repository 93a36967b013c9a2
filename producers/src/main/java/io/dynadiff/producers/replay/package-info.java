/** Replaying recorded fields, tile by tile, at a chosen speed. */
package io.dynadiff.producers.replay;
