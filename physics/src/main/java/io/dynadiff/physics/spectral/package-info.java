/**
 * What pseudo-spectral solvers on periodic squares share: exponential time stepping, and the modes
 * that survive dealiasing.
 */
package io.dynadiff.physics.spectral;
