/** The Fourier neural operator as an expert architecture. */
package io.dynadiff.models.fno;
