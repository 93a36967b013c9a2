package io.dynadiff.console.state;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The last few of a growing sequence of items, each found by its place in the whole sequence. One
 * thread at a time.
 */
final class Ring<T> {

  private final int limit;
  private final ArrayDeque<T> items = new ArrayDeque<>();
  private long added;

  Ring(int limit) {
    this.limit = limit;
  }

  void add(T item) {
    if (items.size() == limit) {
      items.removeFirst();
    }
    items.addLast(item);
    added++;
  }

  /** Number of items ever added: the place of the next one. */
  long added() {
    return added;
  }

  /** What is still kept of the items from a place on, oldest first. */
  List<T> since(long place) {
    long first = added - items.size();
    return items.stream().skip(Math.max(0, place - first)).toList();
  }

  /** The newest so many, oldest first. */
  List<T> newest(int count) {
    return since(added - count);
  }

  /** Forgets the items; places go on. */
  void clear() {
    items.clear();
  }
}
