/** The offline side: from data to bundles. */
package io.dynadiff.trainer;
