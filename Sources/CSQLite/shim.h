#ifndef TIEOUT_CSQLITE_SHIM_H
#define TIEOUT_CSQLITE_SHIM_H

#include <sqlite3.h>

// Swift does not import functions with variable arguments.

// Disables the count of allocated bytes, for which every allocation takes a process-wide lock.
// Call it before SQLite is used.
static inline int tieout_sqlite_disable_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
