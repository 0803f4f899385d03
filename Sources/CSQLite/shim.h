#ifndef BREACHSCOPE_CSQLITE_SHIM_H
#define BREACHSCOPE_CSQLITE_SHIM_H
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast, which is not imported. */
static inline int bs_bind_blob(sqlite3_stmt *statement, int at, const void *bytes, long long count) {
  return count == 0 ? sqlite3_bind_zeroblob(statement, at, 0)
                    : sqlite3_bind_blob64(statement, at, bytes, count, SQLITE_TRANSIENT);
}
#endif
