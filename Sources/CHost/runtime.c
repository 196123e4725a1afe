// Three functions of Swift's runtime, for the static program only, in the place of its own (stdlib/public/runtime/Paths.cpp):
// where the program `swift-backtrace` is, which is to be run after a crash.
//
// The runtime's own ask for it each time a program starts: they end the program where /proc is not mounted, look for
// folders next to it, and would run whatever is called `swift-backtrace` there. A crash of favs is told by the signal.
#ifdef FAVS_STATIC

#include <stddef.h>

const char *swift_getRuntimeLibraryPath(void) { return NULL; }

const char *swift_getRootPath(void) { return NULL; }

char *swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}

#endif
