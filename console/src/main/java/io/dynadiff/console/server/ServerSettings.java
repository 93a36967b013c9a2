package io.dynadiff.console.server;

import java.util.List;
import java.util.Locale;

/**
 * Where the console is served, and how often.
 *
 * @param address to listen on, for example 127.0.0.1
 * @param port 0 takes a free one
 * @param hostNames further names under which browsers may ask for it, beside the address and
 *     localhost; a request for any other is refused, so that a strange page cannot have its own
 *     name resolve to this machine and read from here
 * @param updatesPerSecond most updates that a page is sent in a second
 * @param streams most pages that are sent updates at a time
 */
public record ServerSettings(
    String address, int port, List<String> hostNames, int updatesPerSecond, int streams) {

  public static final String LOCALHOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8090;
  public static final int DEFAULT_UPDATES_PER_SECOND = 60;
  public static final int DEFAULT_STREAMS = 64;

  public ServerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "port of the console: expected 0 to 65535, found %d".formatted(port));
    }
    if (updatesPerSecond < 1 || updatesPerSecond > 240) {
      throw new IllegalArgumentException(
          "updates per second of the console: expected 1 to 240, found %d"
              .formatted(updatesPerSecond));
    }
    if (streams < 1) {
      throw new IllegalArgumentException(
          "pages of the console at a time: expected at least 1, found %d".formatted(streams));
    }
    hostNames = hostNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /** On this machine only. */
  public static ServerSettings local(int port) {
    return new ServerSettings(
        LOCALHOST, port, List.of(), DEFAULT_UPDATES_PER_SECOND, DEFAULT_STREAMS);
  }

  /** Whether browsers may ask for the console under a name, as a Host header has it. */
  boolean knows(String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    String bare =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    return List.of("localhost", LOCALHOST, "::1", address.toLowerCase(Locale.ROOT)).contains(bare)
        || hostNames.contains(bare);
  }
}
