package io.dynadiff.streams;

import io.dynadiff.streams.config.OnlineConfiguration;
import io.dynadiff.streams.systems.OpenedBundles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several roles in one process. They still meet on Kafka only. Safe for use by many threads.
 *
 * <pre>{@code
 * try (OnlineRoles roles = OnlineRoles.all(configuration)) {
 *   roles.start();
 *   ...
 * }
 * }</pre>
 */
public final class OnlineRoles implements OnlineRole {

  private final List<OnlineRole> roles;

  private OnlineRoles(List<OnlineRole> roles) {
    this.roles = List.copyOf(roles);
  }

  /**
   * Prepares all four roles, in the order of the flow.
   *
   * @throws IOException if a bundle cannot be opened
   */
  public static OnlineRoles all(OnlineConfiguration configuration) throws IOException {
    return of(configuration, List.of("adapt", "generate", "forecast", "verify"));
  }

  /**
   * Prepares roles by name.
   *
   * @throws IOException if a bundle cannot be opened
   * @throws IllegalArgumentException if there is no role of a name
   */
  public static OnlineRoles of(OnlineConfiguration configuration, List<String> names)
      throws IOException {
    OpenedBundles bundles = OpenedBundles.open(configuration.bundleDirectories());
    List<OnlineRole> roles = new ArrayList<>();
    for (String name : names) {
      roles.add(
          switch (name) {
            case "adapt" -> new AdaptRole(configuration, bundles);
            case "generate" -> new GenerateRole(configuration, bundles);
            case "forecast" -> new ForecastRole(configuration, bundles);
            case "verify" -> new VerifyRole(configuration, bundles);
            default ->
                throw new IllegalArgumentException(
                    "role: expected adapt, generate, forecast or verify, found " + name);
          });
    }
    return new OnlineRoles(roles);
  }

  /** The roles, in the order of the flow. */
  public List<OnlineRole> roles() {
    return roles;
  }

  @Override
  public String name() {
    return String.join("+", roles.stream().map(OnlineRole::name).toList());
  }

  @Override
  public void start() {
    roles.forEach(OnlineRole::start);
  }

  @Override
  public boolean ready() {
    return roles.stream().allMatch(OnlineRole::ready);
  }

  /** Whether nothing is on its way through any role at the same moment. */
  @Override
  public boolean idle() {
    // Work flows round (scores lead back to adapt), so all must be idle in one pass and the next.
    return roles.stream().allMatch(OnlineRole::idle) && roles.stream().allMatch(OnlineRole::idle);
  }

  @Override
  public Optional<Throwable> failure() {
    return roles.stream().flatMap(role -> role.failure().stream()).findFirst();
  }

  /** Closes the roles in the order of the flow, so that each can still work off what it is sent. */
  @Override
  public void close() {
    roles.forEach(OnlineRole::close);
  }
}
