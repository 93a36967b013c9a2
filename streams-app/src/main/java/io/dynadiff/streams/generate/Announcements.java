package io.dynadiff.streams.generate;

import io.dynadiff.schemas.avro.BundleAnnouncement;
import java.util.List;

/** What has been announced on the topic of bundles. Confined to one thread. */
interface Announcements extends AutoCloseable {

  /** What has come in since the last call, the newest of each system; does not wait. */
  List<BundleAnnouncement> poll();

  @Override
  void close();

  /** Announcements of which there are none. */
  static Announcements none() {
    return new Announcements() {
      @Override
      public List<BundleAnnouncement> poll() {
        return List.of();
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }
}
