// For `O_TMPFILE`, `SEEK_DATA`, `SEEK_HOLE`, `F_OFD_SETLK`, `sched_getcpu` and `environ`.
#define _GNU_SOURCE

#include "host.h"

#include <dirent.h>
#include <sched.h>
#include <spawn.h>

#ifdef __APPLE__
#include <crt_externs.h>
#include <mach-o/dyld.h>
#include <sys/mount.h>
#include <sys/param.h>
#endif

int favs_open_nameless(const char *folder, mode_t mode) {
#ifdef O_TMPFILE
  return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
#else
  (void)folder, (void)mode;
  errno = EOPNOTSUPP;
  return -1;
#endif
}

off_t favs_seek_data(int file, off_t offset) { return lseek(file, offset, SEEK_DATA); }

off_t favs_seek_hole(int file, off_t offset) { return lseek(file, offset, SEEK_HOLE); }

int favs_sync(int file) {
#ifdef F_FULLFSYNC
  // "fsync ... does not guarantee": only this empties the drive's own cache.
  if (fcntl(file, F_FULLFSYNC) == 0) return 0;
#endif
  return fsync(file);
}

int favs_file_system(const char *path, char *name, size_t size) {
#ifdef __APPLE__
  struct statfs status;
  if (statfs(path, &status) != 0) return 0;
  snprintf(name, size, "%s", status.f_fstypename);
  return 1;
#else
  (void)path, (void)name, (void)size;
  return 0;
#endif
}

void *favs_read_folder(const char *path) { return opendir(path); }

void *favs_read_open_folder(int folder) { return fdopendir(folder); }

const char *favs_next_name(void *folder) {
  errno = 0;
  struct dirent *entry = readdir((DIR *)folder);
  return entry ? entry->d_name : NULL;
}

void favs_end_folder(void *folder) { closedir((DIR *)folder); }

int favs_look_at_lock(int file, struct flock *lock) {
#ifdef F_OFD_GETLK
  return fcntl(file, F_OFD_GETLK, lock);
#else
  (void)file, (void)lock;
  errno = EINVAL;
  return -1;
#endif
}

int favs_set_lock(int file, struct flock *lock, int waits) {
#ifdef F_OFD_SETLK
  return fcntl(file, waits ? F_OFD_SETLKW : F_OFD_SETLK, lock);
#else
  (void)file, (void)lock, (void)waits;
  errno = EINVAL;
  return -1;
#endif
}

void favs_make_raw(struct termios *mode) {
  mode->c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
  mode->c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN);
  mode->c_lflag |= ISIG;
  mode->c_cflag = (mode->c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
  mode->c_cc[VINTR] = _POSIX_VDISABLE;
  mode->c_cc[VSUSP] = _POSIX_VDISABLE;
#ifdef VDSUSP
  mode->c_cc[VDSUSP] = _POSIX_VDISABLE;
#endif
  mode->c_cc[VMIN] = 1;
  mode->c_cc[VTIME] = 0;
}

int favs_start_thread(void *(*body)(void *), void *argument) {
  pthread_t thread;
  int code = pthread_create(&thread, NULL, body, argument);
  if (code == 0) pthread_detach(thread);
  return code;
}

int favs_start_joined_thread(uintptr_t *thread, size_t stack, void *(*body)(void *), void *argument) {
  pthread_attr_t attributes;
  pthread_t started;
  sigset_t all, before;
  int code = pthread_attr_init(&attributes);
  if (code != 0) return code;
  pthread_attr_setstacksize(&attributes, stack);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  code = pthread_create(&started, &attributes, body, argument);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (code == 0) *thread = (uintptr_t)started;
  return code;
}

int favs_processor(void) {
#ifdef __linux__
  return sched_getcpu();
#else
  return -1;
#endif
}

void favs_leave_processor(int processor) {
#ifdef __linux__
  cpu_set_t allowed, others;
  if (processor < 0 || processor >= CPU_SETSIZE || sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return;
  others = allowed;
  CPU_CLR(processor, &others);
  // It goes on where it was moved to, although it may go back.
  if (sched_setaffinity(0, sizeof(others), &others) == 0) sched_setaffinity(0, sizeof(allowed), &allowed);
#else
  (void)processor;
#endif
}

void favs_join_thread(uintptr_t thread) { pthread_join((pthread_t)thread, NULL); }

char **favs_variables(void) {
#ifdef __APPLE__
  return *_NSGetEnviron();
#else
  return environ;
#endif
}

int favs_program(char *path, uint32_t size) {
#ifdef __APPLE__
  return _NSGetExecutablePath(path, &size) == 0;
#else
  return snprintf(path, size, "/proc/self/exe") < (int)size;
#endif
}

int favs_file_limit(struct rlimit *limit) { return getrlimit(RLIMIT_FSIZE, limit); }

int favs_set_file_limit(const struct rlimit *limit) { return setrlimit(RLIMIT_FSIZE, limit); }

int favs_spawn(pid_t *process, char *const words[], char *const variables[], const int *moves,
               int count, int usual) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, reset;
  posix_spawn_file_actions_init(&actions);
  for (int index = 0; index < count; index++) {
    posix_spawn_file_actions_adddup2(&actions, moves[2 * index], moves[2 * index + 1]);
  }
  posix_spawnattr_init(&attributes);
  // A new program inherits ignored signals.
  sigemptyset(&reset);
  if (usual) sigaddset(&reset, usual);
  posix_spawnattr_setsigdefault(&attributes, &reset);
  // It should not inherit blocked signals either, whatever the starting thread has blocked.
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  int code = posix_spawnp(process, words[0], &actions, &attributes, words, variables);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}
