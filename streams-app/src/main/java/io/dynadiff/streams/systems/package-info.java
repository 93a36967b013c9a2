/** The systems that a process serves, by the bundles it was started with. */
package io.dynadiff.streams.systems;
