/**
 * What an expert is: specification, weight graph, network interface. Knows no operator family by
 * name.
 */
package io.dynadiff.models.expert;
