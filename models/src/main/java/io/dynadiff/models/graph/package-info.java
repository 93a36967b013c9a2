/** Whitening of expert weights over the zoo. */
package io.dynadiff.models.graph;
