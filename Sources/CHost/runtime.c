// Replaces functions of Swift's runtime and of SQLite, in the static program only. The linker takes a file out of an
// archive only for what nothing before it defines, so what is here leaves out the whole file that it stands for.
#ifdef FAVS_STATIC

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The program `swift-backtrace`, which runs after a crash (stdlib/public/runtime/Paths.cpp, Backtrace.cpp).
//
// Whenever a program starts, the runtime's own versions end it if /proc is not mounted, look for folders next to it,
// read settings, and would run any `swift-backtrace` there. A crash of favs is reported by the signal.

const char *swift_getRuntimeLibraryPath(void) { return NULL; }

const char *swift_getRootPath(void) { return NULL; }

char *swift_copyAuxiliaryExecutablePath(const char *name) {
  (void)name;
  return NULL;
}

// All zero: nothing is enabled. The runtime's has 88 bytes (swift/Runtime/Backtrace.h).
const uint64_t _swift_backtraceSettings[32] = {0};

bool _swift_backtrace_isThunkFunction(const char *name) {
  (void)name;
  return false;
}

// `CommandLine.arguments` (stdlib/public/stubs/CommandLine.cpp). favs takes its words from `main`; the runtime's version
// reads all of /proc/self/maps whenever a program starts, to find them on the stack.
char **_swift_stdlib_getUnsafeArgvArgc(int *count) {
  static char *none[1] = {NULL};
  *count = 0;
  return none;
}

// `Unicode.Scalar.Properties.name` (stdlib/public/stubs/Unicode/UnicodeScalarProps.cpp): the names of all characters, half a
// megabyte of them. The Makefile has calls of it come here (--wrap). 0: it has no name.
intptr_t __wrap__swift_stdlib_getScalarName(uint32_t scalar, uint8_t *name, intptr_t capacity) {
  (void)scalar;
  (void)name;
  (void)capacity;
  return 0;
}

// The names of C++ functions, for a stack that is printed (Itanium C++ ABI, 3.4). -2: it is no such name.
char *__cxa_demangle(const char *mangled, char *buffer, size_t *length, int *status) {
  (void)mangled;
  (void)buffer;
  (void)length;
  if (status != NULL) *status = -2;
  return NULL;
}

// Kinds of tables that no file of favs has and no file that it imports: FTS3 and R*Tree. 0: SQLITE_OK. They are then as
// unknown to SQLite as any that it was built without.

int sqlite3Fts3Init(void *connection) {
  (void)connection;
  return 0;
}

int sqlite3RtreeInit(void *connection) {
  (void)connection;
  return 0;
}

// What SQLite offers in SQL and favs never asks for; the C library has up to four versions of each, one for each kind of
// processor. In the SQL of a hostile file they give NULL. Tests/Docs/house.py keeps the sources from calling them.

#define LEFT_OUT(name) \
  double name(double value) { \
    (void)value; \
    return NAN; \
  }

LEFT_OUT(acos)
LEFT_OUT(asin)
LEFT_OUT(atan)
LEFT_OUT(cos)
LEFT_OUT(sin)
LEFT_OUT(tan)
LEFT_OUT(acosh)
LEFT_OUT(asinh)
LEFT_OUT(atanh)
LEFT_OUT(cosh)
LEFT_OUT(sinh)
LEFT_OUT(tanh)

double atan2(double ordinate, double abscissa) {
  (void)ordinate;
  (void)abscissa;
  return NAN;
}

#endif
