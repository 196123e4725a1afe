#ifndef FAVS_CSQLITE_SHIM_H
#define FAVS_CSQLITE_SHIM_H

#include <sqlite3.h>
#include <time.h>

// Swift cannot import C's variadic functions, nor a macro that casts an integer to a function pointer.

/// `sqlite3_db_config` for the switches that take an on/off value and report nothing back.
static inline int favs_sqlite3_db_config_switch(sqlite3 *db, int option, int on) {
  return sqlite3_db_config(db, option, on, (int *)0);
}

/// `sqlite3_bind_text64` of bytes that SQLite copies before it returns.
static inline int favs_sqlite3_bind_text(
    sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 length) {
  return sqlite3_bind_text64(statement, index, bytes, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// `sqlite3_bind_blob64` of bytes that SQLite copies before it returns.
static inline int favs_sqlite3_bind_blob(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 length) {
  return sqlite3_bind_blob64(statement, index, bytes, length, SQLITE_TRANSIENT);
}

/// Whether two runs of bytes are the same.
static inline int favs_is_same(const void *first, const void *second, long length) {
  return __builtin_memcmp(first, second, (unsigned long)length) == 0;
}

/// Nanoseconds of a clock that nobody sets, to take the time of a statement.
static inline unsigned long long favs_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (unsigned long long)now.tv_sec * 1000000000ULL + (unsigned long long)now.tv_nsec;
}

#endif
