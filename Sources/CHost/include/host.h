#ifndef FAVS_HOST_H
#define FAVS_HOST_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// What Swift cannot import of the C library: functions with a variable list of arguments, macros that are more than a
// number, names that are kept for GNU programs, and what differs from system to system.

// Errors

/// The error that the last call left.
static inline int favs_errno(void) { return errno; }

/// Puts an error in its place.
static inline void favs_set_errno(int code) { errno = code; }

// Files

/// `open`, with the rights of a file that is made.
static inline int favs_open(const char *path, int flags, mode_t mode) {
  return open(path, flags, mode);
}

/// `openat`, for what is there.
static inline int favs_openat(int folder, const char *name, int flags) {
  return openat(folder, name, flags);
}

/// Opens a file without a name in a folder (`O_TMPFILE`). Fails with `EOPNOTSUPP` where the system has none.
int favs_open_nameless(const char *folder, mode_t mode);

/// The first place from an offset on that holds data, and the first that is a hole (`SEEK_DATA`, `SEEK_HOLE`). Both
/// move the place where reading and writing go on.
off_t favs_seek_data(int file, off_t offset);
off_t favs_seek_hole(int file, off_t offset);

/// Waits until what was written is on the disk, and not in the drive's own memory.
int favs_sync(int file);

/// What stands at a path.
typedef enum {
  FAVS_FILE, FAVS_FOLDER, FAVS_LINK, FAVS_PIPE, FAVS_CHARACTER_DEVICE, FAVS_BLOCK_DEVICE, FAVS_OTHER
} favs_kind;

/// The same, by its mode.
static inline favs_kind favs_kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
  case S_IFREG: return FAVS_FILE;
  case S_IFDIR: return FAVS_FOLDER;
  case S_IFLNK: return FAVS_LINK;
  case S_IFIFO: return FAVS_PIPE;
  case S_IFCHR: return FAVS_CHARACTER_DEVICE;
  case S_IFBLK: return FAVS_BLOCK_DEVICE;
  default: return FAVS_OTHER;
  }
}

/// When it was written last.
static inline struct timespec favs_modified(struct stat status) {
#ifdef __APPLE__
  return status.st_mtimespec;
#else
  return status.st_mtim;
#endif
}

/// The flags of a descriptor, such as `FD_CLOEXEC`.
static inline int favs_flags(int file) { return fcntl(file, F_GETFD); }
static inline int favs_set_flags(int file, int flags) { return fcntl(file, F_SETFD, flags); }

/// The flags of what it stands for, such as `O_NONBLOCK`.
static inline int favs_set_file_flags(int file, int flags) { return fcntl(file, F_SETFL, flags); }

/// What the system calls the file system at a path. Gives 0 where it does not tell it in this way.
int favs_file_system(const char *path, char *name, size_t size);

// Folders

/// A folder that is read, or a null pointer.
void *favs_read_folder(const char *path);

/// The same of one that is open, which becomes the reader's.
void *favs_read_open_folder(int folder);

/// Its next name; null at the end, and with an error set where it cannot be read.
const char *favs_next_name(void *folder);

/// Closes it.
void favs_end_folder(void *folder);

// Locks

/// Whether locks of the whole process, as SQLite takes them, can be asked for. -1 with an error set where not.
static inline int favs_ask_for_lock(int file) {
  struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
  return fcntl(file, F_GETLK, &lock);
}

/// Locks of an open file (`F_OFD_GETLK`, `F_OFD_SETLK` and `F_OFD_SETLKW`). They fail with `EINVAL` where the system has
/// none.
int favs_look_at_lock(int file, struct flock *lock);
int favs_set_lock(int file, struct flock *lock, int waits);

// Terminals

/// The lines and columns of a terminal.
static inline int favs_window_size(int terminal, struct winsize *size) {
  return ioctl(terminal, TIOCGWINSZ, size);
}

/// Has each key of a terminal come at once, and none be a signal but Ctrl-\.
void favs_make_raw(struct termios *mode);

// Signals, threads and programs

/// What takes a signal.
typedef void (*favs_signal_handler)(int);

/// Has a signal taken from now on; gives what took it before.
static inline favs_signal_handler favs_take_signal(int number, favs_signal_handler handler) {
  return signal(number, handler);
}

/// What ignores a signal, and what is done with one that nobody takes.
static inline favs_signal_handler favs_ignoring(void) { return SIG_IGN; }
static inline favs_signal_handler favs_usual(void) { return SIG_DFL; }

/// Starts a thread for which nobody waits. Gives 0, or an error.
int favs_start_thread(void *(*body)(void *), void *argument);

/// The variables that this process has: texts up to a null pointer.
char **favs_variables(void);

/// Where the program of this process is found. Gives 0 where the path is longer than there is room.
int favs_program(char *path, uint32_t size);

/// How large a file may become that this process writes.
int favs_file_limit(struct rlimit *limit);
int favs_set_file_limit(const struct rlimit *limit);

/// Starts a program that is looked for in `$PATH`. Gives 0, or an error.
///
/// Of `moves` each two numbers are a descriptor of ours and the one that it becomes. The program blocks no signal, and
/// begins with the usual way of taking `usual`, which we ignore; 0 for none.
int favs_spawn(pid_t *process, char *const words[], char *const variables[], const int *moves,
               int count, int usual);

#endif
