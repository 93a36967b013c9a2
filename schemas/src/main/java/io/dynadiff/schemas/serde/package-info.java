/** The generated records in Confluent's wire format, by Confluent's own serializers. */
package io.dynadiff.schemas.serde;
