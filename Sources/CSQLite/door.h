#ifndef FAVS_CSQLITE_DOOR_H
#define FAVS_CSQLITE_DOOR_H

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>

#include "gathering.h"

// A VFS between SQLite and the files: SQLite's own, https://www.sqlite.org/vfs.html, except that each journal is
// judged before it is opened, and that what is written to a database and its journal is gathered.

/// Judges a journal or a log that SQLite is about to open. Gets its path, the flags, which may be extended, the first
/// 100 bytes of its database, or null if unavailable, and its size. Returns 0, or the code to refuse with.
typedef int (*favs_judge)(
    const char *path, int *flags, const unsigned char *header, long long size);

typedef struct {
  sqlite3_vfs vfs;
  sqlite3_vfs *original;
  favs_judge judge;
} favs_door;

static inline int favs_door_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *given) {
  favs_door *door = (favs_door *)vfs;
  file->pMethods = 0;
  // A super-journal is one that the journals of several databases name. There are never several here, and SQLite
  // removes the file of that name, whatever it is.
  if (flags & SQLITE_OPEN_SUPER_JOURNAL) return SQLITE_PERM;
  if (path && flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) {
    unsigned char header[100];
    sqlite3_int64 size = 0;
    int isThere = 0;
    // Reads through the file that SQLite has open: closing another descriptor of the same file would release its
    // locks.
    sqlite3_file *database = sqlite3_database_file_object(path);
    if (!(flags & SQLITE_OPEN_CREATE) && database && database->pMethods) {
      isThere = database->pMethods->xFileSize(database, &size) == SQLITE_OK && size >= 100
          && database->pMethods->xRead(database, header, 100, 0) == SQLITE_OK;
    }
    int code = door->judge(path, &flags, isThere ? header : 0, size);
    if (code != SQLITE_OK) return code;
  }
  int isJournal = (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0;
  if (!isJournal && !(flags & SQLITE_OPEN_MAIN_DB && flags & SQLITE_OPEN_READWRITE)) {
    return door->original->xOpen(door->original, path, file, flags, given);
  }
  sqlite3_file *real = favs_gathering_real(file);
  real->pMethods = 0;
  int code = door->original->xOpen(door->original, path, real, flags, given);
  // It may have to be closed even where it could not be opened.
  if (real->pMethods) favs_gathering_begin(file, isJournal);
  return code;
}

/// `open`, except that the system does not note the time of access of a file that is only read, which takes it a part
/// of each reading. It lets only the owner of a file ask for that, and not every file system knows it.
static inline int favs_open_to_read(const char *path, int flags, int mode) {
#ifdef __O_NOATIME
  if ((flags & O_ACCMODE) == O_RDONLY) {
    int number = open(path, flags | __O_NOATIME, mode);
    if (number >= 0) return number;
  }
#endif
  return open(path, flags, mode);
}

/// The name of the VFS.
#define FAVS_DOOR "favs"

/// Registers the VFS with SQLite.
static inline int favs_door_register(favs_judge judge) {
  sqlite3_vfs *original = sqlite3_vfs_find(0);
  favs_door *door = original ? (favs_door *)sqlite3_malloc(sizeof(favs_door)) : 0;
  if (!door) return SQLITE_NOMEM;
  if (original->iVersion >= 3 && original->xSetSystemCall) {
    original->xSetSystemCall(original, "open", (sqlite3_syscall_ptr)favs_open_to_read);
  }
  door->vfs = *original;
  door->vfs.zName = FAVS_DOOR;
  door->vfs.pNext = 0;
  door->vfs.xOpen = favs_door_open;
  door->vfs.szOsFile = favs_gathering_size_in_memory() + original->szOsFile;
  door->original = original;
  door->judge = judge;
  return sqlite3_vfs_register(&door->vfs, 0);
}

#endif
