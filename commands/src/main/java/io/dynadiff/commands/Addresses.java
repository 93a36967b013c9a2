package io.dynadiff.commands;

import java.net.URI;
import java.util.Set;

/** Checks addresses before a client takes a minute to find out that nobody can live there. */
public final class Addresses {

  private static final Set<String> SCHEMES = Set.of("http", "https", "mock");

  private Addresses() {}

  /**
   * Checks brokers.
   *
   * @param origin where they were written, for the message
   * @param servers host:port, comma-separated
   * @return the servers
   * @throws IllegalArgumentException if one is not host:port
   */
  public static String brokers(String origin, String servers) {
    for (String server : servers.split(",", -1)) {
      if (!server.trim().matches("\\S+:\\d{1,5}") || port(server.trim()) > 65535) {
        throw new IllegalArgumentException(
            origin
                + ": expected brokers as HOST:PORT, comma-separated, found \""
                + servers
                + "\"; write for example localhost:9092");
      }
    }
    return servers;
  }

  /**
   * Checks the address of a registry.
   *
   * @param origin where it was written, for the message
   * @return the address
   * @throws IllegalArgumentException if it is no URL of http or https
   */
  public static String registry(String origin, String url) {
    // Several registries may be given, comma-separated.
    for (String one : url.split(",", -1)) {
      if (!isRegistry(one.trim())) {
        throw new IllegalArgumentException(
            origin
                + ": expected the Schema Registry as http://HOST:PORT or https://HOST:PORT, found \""
                + url.replaceAll("//[^/@\\s]*@", "//[hidden]@")
                + "\"; write for example http://localhost:8081");
      }
    }
    return url;
  }

  private static boolean isRegistry(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme())
          && uri.getAuthority() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int port(String server) {
    return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
  }
}
