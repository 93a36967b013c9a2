/** Which topics there are, what each must promise, and whether a cluster keeps the promise. */
package io.dynadiff.schemas.topics;
