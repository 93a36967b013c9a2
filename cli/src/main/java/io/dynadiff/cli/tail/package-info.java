/** What commands see of topics that others write. */
package io.dynadiff.cli.tail;
