package io.dynadiff.embedded.registry;

/** A request that the registry refuses, with Confluent's status and error code. */
final class RegistryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int errorCode;

  private RegistryException(int status, int errorCode, String message) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }

  static RegistryException subjectNotFound(String subject) {
    return new RegistryException(404, 40401, "Subject '%s' not found.".formatted(subject));
  }

  static RegistryException versionNotFound(Object version) {
    return new RegistryException(404, 40402, "Version %s not found.".formatted(version));
  }

  static RegistryException schemaNotFound(Object what) {
    return new RegistryException(404, 40403, "Schema %s not found.".formatted(what));
  }

  static RegistryException subjectNotSoftDeleted(String subject) {
    return new RegistryException(
        404,
        40405,
        "Subject '%s' was not deleted first before being permanently deleted".formatted(subject));
  }

  static RegistryException subjectConfigNotFound(String subject) {
    return new RegistryException(
        404,
        40408,
        "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
  }

  static RegistryException resourceNotFound(String path) {
    return new RegistryException(404, 404, "HTTP 404 Not Found: %s".formatted(path));
  }

  static RegistryException methodNotAllowed(String method) {
    return new RegistryException(405, 405, "HTTP 405 Method Not Allowed: %s".formatted(method));
  }

  static RegistryException badRequest(String message) {
    return new RegistryException(400, 400, message);
  }

  static RegistryException incompatible(String message) {
    return new RegistryException(409, 409, message);
  }

  static RegistryException invalidSchema(String message) {
    return new RegistryException(422, 42201, message);
  }

  static RegistryException invalidVersion(String version) {
    return new RegistryException(
        422,
        42202,
        "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
            .formatted(version));
  }

  static RegistryException invalidCompatibility(String level) {
    return new RegistryException(
        422,
        42203,
        "Invalid compatibility level %s. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive"
            .formatted(level));
  }

  static RegistryException storeFailed(Throwable cause) {
    RegistryException failure =
        new RegistryException(500, 50001, "Error in the backend data store - " + cause);
    failure.initCause(cause);
    return failure;
  }

  int status() {
    return status;
  }

  int errorCode() {
    return errorCode;
  }
}
