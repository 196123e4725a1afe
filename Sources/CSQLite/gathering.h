#ifndef FAVS_CSQLITE_GATHERING_H
#define FAVS_CSQLITE_GATHERING_H

#include <sqlite3.h>
#include <string.h>

// A file of a VFS, https://www.sqlite.org/c3ref/io_methods.html, that gathers what is written to it.
//
// SQLite writes page after page, and each page of a journal in three pieces. Here, what follows on what came before
// waits in memory, and goes to the file in one piece: when there is no room for more, when something is written
// elsewhere, and always before the file is synced, cut or unlocked. So what SQLite relies on stays as it was: it
// expects nothing of what it has not synced, and syncs a journal before it writes the pages that are in it.

enum {
  /// How much waits at most, in bytes: 16 pages.
  favs_gathering_room = 65536
};

typedef struct {
  sqlite3_file file;
  /// The file itself, which stands behind this in memory.
  sqlite3_file *real;
  /// What waits; null until something does.
  unsigned char *waiting;
  /// Where in the file it belongs, and how many bytes it has.
  sqlite3_int64 start;
  sqlite3_int64 length;
  int isJournal;
} favs_gathering;

/// Writes what waits to the file. If that fails, SQLite takes the change back: from its journal, which goes on waiting
/// and can be read, while a page of the database is not wanted any more.
static inline int favs_gathering_pass_on(favs_gathering *it) {
  if (it->length == 0) return SQLITE_OK;
  int code = it->real->pMethods->xWrite(it->real, it->waiting, (int)it->length, it->start);
  if (code == SQLITE_OK || !it->isJournal) it->length = 0;
  return code;
}

static inline int favs_gathering_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at) {
  favs_gathering *it = (favs_gathering *)file;
  int follows = it->length > 0 && at == it->start + it->length && it->length + count <= favs_gathering_room;
  if (!follows) {
    int code = favs_gathering_pass_on(it);
    if (code != SQLITE_OK) return code;
    it->start = at;
    if (!it->waiting) it->waiting = (unsigned char *)sqlite3_malloc(favs_gathering_room);
    if (!it->waiting || count > favs_gathering_room) return it->real->pMethods->xWrite(it->real, bytes, count, at);
  }
  memcpy(it->waiting + it->length, bytes, (size_t)count);
  it->length += count;
  return SQLITE_OK;
}

/// Reads from the file, and from what waits where the two overlap: a change can be taken back from its journal even
/// when the disk has no room for that.
static inline int favs_gathering_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at) {
  favs_gathering *it = (favs_gathering *)file;
  sqlite3_int64 end = it->start + it->length;
  sqlite3_int64 first = at > it->start ? at : it->start;
  sqlite3_int64 last = at + count < end ? at + count : end;
  int code = SQLITE_OK;
  if (last - first < count) code = it->real->pMethods->xRead(it->real, bytes, count, at);
  if (it->length == 0) return code;
  // What is before the end of what waits is in the file, though the file itself may end sooner.
  if (code == SQLITE_IOERR_SHORT_READ && at + count <= end) code = SQLITE_OK;
  if (first < last) {
    memcpy((unsigned char *)bytes + (first - at), it->waiting + (first - it->start), (size_t)(last - first));
  }
  return code;
}

static inline int favs_gathering_size(sqlite3_file *file, sqlite3_int64 *size) {
  favs_gathering *it = (favs_gathering *)file;
  int code = it->real->pMethods->xFileSize(it->real, size);
  if (it->length > 0 && *size < it->start + it->length) *size = it->start + it->length;
  return code;
}

static inline int favs_gathering_truncate(sqlite3_file *file, sqlite3_int64 size) {
  favs_gathering *it = (favs_gathering *)file;
  int code = favs_gathering_pass_on(it);
  return code != SQLITE_OK ? code : it->real->pMethods->xTruncate(it->real, size);
}

static inline int favs_gathering_sync(sqlite3_file *file, int flags) {
  favs_gathering *it = (favs_gathering *)file;
  int code = favs_gathering_pass_on(it);
  return code != SQLITE_OK ? code : it->real->pMethods->xSync(it->real, flags);
}

static inline int favs_gathering_close(sqlite3_file *file) {
  favs_gathering *it = (favs_gathering *)file;
  // What a journal was not synced with is of no use: the change has been taken back.
  if (!it->isJournal) favs_gathering_pass_on(it);
  sqlite3_free(it->waiting);
  it->waiting = 0;
  it->length = 0;
  return it->real->pMethods->xClose(it->real);
}

static inline int favs_gathering_unlock(sqlite3_file *file, int level) {
  favs_gathering *it = (favs_gathering *)file;
  int code = favs_gathering_pass_on(it);
  int unlocking = it->real->pMethods->xUnlock(it->real, level);
  return code != SQLITE_OK ? code : unlocking;
}

static inline int favs_gathering_control(sqlite3_file *file, int operation, void *argument) {
  favs_gathering *it = (favs_gathering *)file;
  // Told instead of a sync where none is wanted.
  if (operation == SQLITE_FCNTL_SYNC) {
    int code = favs_gathering_pass_on(it);
    if (code != SQLITE_OK) return code;
  }
  return it->real->pMethods->xFileControl(it->real, operation, argument);
}

// The rest is the file's own.

static inline int favs_gathering_lock(sqlite3_file *file, int level) {
  sqlite3_file *real = ((favs_gathering *)file)->real;
  return real->pMethods->xLock(real, level);
}

static inline int favs_gathering_is_reserved(sqlite3_file *file, int *is) {
  sqlite3_file *real = ((favs_gathering *)file)->real;
  return real->pMethods->xCheckReservedLock(real, is);
}

static inline int favs_gathering_sector(sqlite3_file *file) {
  sqlite3_file *real = ((favs_gathering *)file)->real;
  return real->pMethods->xSectorSize(real);
}

static inline int favs_gathering_traits(sqlite3_file *file) {
  sqlite3_file *real = ((favs_gathering *)file)->real;
  return real->pMethods->xDeviceCharacteristics(real);
}

static inline int favs_gathering_map(sqlite3_file *file, int region, int size, int extends, void volatile **at) {
  sqlite3_file *real = ((favs_gathering *)file)->real;
  // Not every kind of locking can share memory, which only a file with a log needs.
  if (real->pMethods->iVersion < 2 || !real->pMethods->xShmMap) return SQLITE_CANTOPEN;
  return real->pMethods->xShmMap(real, region, size, extends, at);
}

static inline int favs_gathering_map_lock(sqlite3_file *file, int offset, int count, int flags) {
  sqlite3_file *real = ((favs_gathering *)file)->real;
  return real->pMethods->xShmLock(real, offset, count, flags);
}

static inline void favs_gathering_map_barrier(sqlite3_file *file) {
  sqlite3_file *real = ((favs_gathering *)file)->real;
  real->pMethods->xShmBarrier(real);
}

static inline int favs_gathering_unmap(sqlite3_file *file, int deletes) {
  sqlite3_file *real = ((favs_gathering *)file)->real;
  return real->pMethods->xShmUnmap(real, deletes);
}

/// How many bytes a file takes in memory beside the file itself.
static inline int favs_gathering_size_in_memory(void) { return (int)((sizeof(favs_gathering) + 7) & ~(size_t)7); }

/// Where the file itself stands.
static inline sqlite3_file *favs_gathering_real(sqlite3_file *file) {
  return (sqlite3_file *)((char *)file + favs_gathering_size_in_memory());
}

/// Makes a file gather what is written to it, once the file itself is open. It has no memory mapping (version 2 of
/// the methods): what waits would not be in it.
static inline void favs_gathering_begin(sqlite3_file *file, int isJournal) {
  static const sqlite3_io_methods methods = {
      2, favs_gathering_close, favs_gathering_read, favs_gathering_write, favs_gathering_truncate,
      favs_gathering_sync, favs_gathering_size, favs_gathering_lock, favs_gathering_unlock,
      favs_gathering_is_reserved, favs_gathering_control, favs_gathering_sector, favs_gathering_traits,
      favs_gathering_map, favs_gathering_map_lock, favs_gathering_map_barrier, favs_gathering_unmap, 0, 0};
  favs_gathering *it = (favs_gathering *)file;
  it->real = favs_gathering_real(file);
  it->waiting = 0;
  it->start = 0;
  it->length = 0;
  it->isJournal = isJournal;
  file->pMethods = &methods;
}

#endif
