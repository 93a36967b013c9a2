/**
 * Measures what the solvers do on problems whose answer is known: exact solutions, rates of
 * convergence, numbers of the literature. Tests and the validation report call the same functions.
 */
package io.dynadiff.physics.validation;
