// Replaces three functions of Swift's runtime (stdlib/public/runtime/Paths.cpp), in the static program only: they
// find the program `swift-backtrace`, which runs after a crash.
//
// The runtime calls its own versions whenever a program starts: they end the program if /proc is not mounted, look
// for folders next to it, and would run any `swift-backtrace` there. A crash of favs is reported by the signal.
#ifdef FAVS_STATIC

#include <stddef.h>

const char *swift_getRuntimeLibraryPath(void) { return NULL; }

const char *swift_getRootPath(void) { return NULL; }

char *swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}

#endif
