/** A real broker and a Schema Registry inside the process, for demonstrations and tests. */
package io.dynadiff.embedded;
