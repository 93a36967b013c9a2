package io.dynadiff.streams.role;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Makes all state stores of the process share one block cache and one budget for write buffers. By
 * default each takes its own, and there are several stores per partition and role.
 */
public final class BoundedStores implements RocksDBConfigSetter {

  private static final long CACHE_BYTES = 192L << 20;
  private static final long WRITE_BUFFERS_BYTES = 128L << 20;
  private static final int WRITE_BUFFER_BYTES = 16 << 20;

  // Never closed: they live as long as the process, whatever stores come and go.
  private static final Cache CACHE = new LRUCache(CACHE_BYTES);
  private static final WriteBufferManager WRITE_BUFFERS =
      new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITE_BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    // What waits for its frame is deleted within seconds: merged before they are written, two
    // buffers lose most of what they hold, which compaction would otherwise copy about.
    options.setMaxWriteBufferNumber(3);
    options.setMinWriteBufferNumberToMerge(2);
    // A timer that writes statistics every ten minutes may still run while a process that is told
    // to end twice goes down, and crash it.
    options.setStatsDumpPeriodSec(0);
  }

  @Override
  public void close(String storeName, Options options) {
    // The shared cache stays.
  }
}
