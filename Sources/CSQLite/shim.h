#ifndef TIEOUT_CSQLITE_SHIM_H
#define TIEOUT_CSQLITE_SHIM_H

#include <sqlite3.h>

// Swift does not import functions with a variable number of arguments.

// Leaves out the count of allocated bytes, for which every allocation takes a lock of the whole process.
// To be called before SQLite is used.
static inline int tieout_sqlite_forgo_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
