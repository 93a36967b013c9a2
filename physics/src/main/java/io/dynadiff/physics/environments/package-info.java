/**
 * Which environments each system has, and which of them training may see: read from property files
 * beside this package, so that the lists are data and changing them is visible as such.
 */
package io.dynadiff.physics.environments;
