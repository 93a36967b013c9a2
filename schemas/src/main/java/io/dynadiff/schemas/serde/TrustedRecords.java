package io.dynadiff.schemas.serde;

import io.dynadiff.schemas.avro.FieldFrame;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro instantiate the generated records, and nothing else that it would not anyway.
 *
 * <p>Avro loads a record's class by the name that stands in a schema, which may come from outside;
 * it refuses every class that nobody declared trusted.
 */
final class TrustedRecords {

  private static final String PACKAGE = FieldFrame.class.getPackageName();

  private TrustedRecords() {}

  /** Adds the generated package to what the process trusts. */
  static void declare() {
    ClassSecurityPredicate already = ClassSecurityValidator.getGlobal();
    ClassSecurityPredicate generated = type -> type.getPackageName().equals(PACKAGE);
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(already, generated));
  }
}
