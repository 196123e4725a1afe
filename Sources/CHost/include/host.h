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

// Wraps what Swift cannot import from the C library: variadic functions, macros other than plain numbers, names
// reserved for GNU programs, and differences between systems.

// Errors

/// The error of the last call.
static inline int favs_errno(void) { return errno; }

/// Sets the error.
static inline void favs_set_errno(int code) { errno = code; }

// Files

/// `open`, with the permissions of a new file.
static inline int favs_open(const char *path, int flags, mode_t mode) {
  return open(path, flags, mode);
}

/// `openat`, for an existing file.
static inline int favs_openat(int folder, const char *name, int flags) {
  return openat(folder, name, flags);
}

/// Opens a nameless file in a folder (`O_TMPFILE`). Fails with `EOPNOTSUPP` if the system does not support that.
int favs_open_nameless(const char *folder, mode_t mode);

/// The first place from an offset on that holds data, or that is a hole (`SEEK_DATA`, `SEEK_HOLE`). Both move the
/// position of the file.
off_t favs_seek_data(int file, off_t offset);
off_t favs_seek_hole(int file, off_t offset);

/// Waits until written data is on the disk, not only in the drive's own memory.
int favs_sync(int file);

/// The kind of a file.
typedef enum {
  FAVS_FILE, FAVS_FOLDER, FAVS_LINK, FAVS_PIPE, FAVS_CHARACTER_DEVICE, FAVS_BLOCK_DEVICE, FAVS_OTHER
} favs_kind;

/// The kind for a mode.
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

/// When it was last written.
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

/// Sets the flags of the open file, such as `O_NONBLOCK`.
static inline int favs_set_file_flags(int file, int flags) { return fcntl(file, F_SETFL, flags); }

/// The system's name for the file system at a path. Returns 0 if it is not available this way.
int favs_file_system(const char *path, char *name, size_t size);

// Folders

/// Opens a folder for reading; returns null on failure.
void *favs_read_folder(const char *path);

/// Reads an open folder, taking ownership of it.
void *favs_read_open_folder(int folder);

/// The next name in it; null at the end, or with an error set if it cannot be read.
const char *favs_next_name(void *folder);

/// Closes it.
void favs_end_folder(void *folder);

// Locks

/// Whether locks of the whole process, as SQLite uses them, are supported. -1 with an error set if not.
static inline int favs_ask_for_lock(int file) {
  struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
  return fcntl(file, F_GETLK, &lock);
}

/// Locks of an open file (`F_OFD_GETLK`, `F_OFD_SETLK` and `F_OFD_SETLKW`). They fail with `EINVAL` if the system
/// does not support them.
int favs_look_at_lock(int file, struct flock *lock);
int favs_set_lock(int file, struct flock *lock, int waits);

// Terminals

/// The lines and columns of a terminal.
static inline int favs_window_size(int terminal, struct winsize *size) {
  return ioctl(terminal, TIOCGWINSZ, size);
}

/// Sets the mode in which each key of a terminal arrives at once, and only Ctrl-\ is a signal.
void favs_make_raw(struct termios *mode);

// Signals, threads and programs

/// A signal handler.
typedef void (*favs_signal_handler)(int);

/// Installs a signal handler; returns the previous one.
static inline favs_signal_handler favs_take_signal(int number, favs_signal_handler handler) {
  return signal(number, handler);
}

/// The handlers for ignoring a signal, and for its default action.
static inline favs_signal_handler favs_ignoring(void) { return SIG_IGN; }
static inline favs_signal_handler favs_usual(void) { return SIG_DFL; }

/// Starts a detached thread. Returns 0, or an error.
int favs_start_thread(void *(*body)(void *), void *argument);

/// Starts a thread that gets no signals, with a stack of so many bytes. Returns 0, or an error.
int favs_start_joined_thread(uintptr_t *thread, size_t stack, void *(*body)(void *), void *argument);

/// The number of the processor that this thread runs on; -1 if the system does not tell.
int favs_processor(void);

/// Moves this thread from a processor to another, if there is one where it may run.
///
/// Linux starts a thread where the one is that starts it, and moves it only after some milliseconds.
void favs_leave_processor(int processor);

/// Waits for the end of a thread of `favs_start_joined_thread`. Once for each.
void favs_join_thread(uintptr_t thread);

/// The environment of this process: texts up to a null pointer.
char **favs_variables(void);

/// The path of this process's executable. Returns 0 if it is longer than the buffer.
int favs_program(char *path, uint32_t size);

/// The greatest size of a file that this process may write.
int favs_file_limit(struct rlimit *limit);
int favs_set_file_limit(const struct rlimit *limit);

/// Starts a program that is found through `$PATH`. Returns 0, or an error.
///
/// Each two numbers in `moves` are a descriptor of ours and its number in the program. The program blocks no signals,
/// and starts with the default action for `usual`, which we ignore; 0 for none.
int favs_spawn(pid_t *process, char *const words[], char *const variables[], const int *moves,
               int count, int usual);

#endif
