/** Point observations drawn from recorded fields, as stations would have made them. */
package io.dynadiff.producers.observe;
