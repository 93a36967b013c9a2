/**
 * Draws fields as pictures in memory: colour maps that lightness alone orders, axes with
 * coordinates, a colour bar with the unit. Needs neither a screen nor a charting library.
 */
package io.dynadiff.physics.picture;
