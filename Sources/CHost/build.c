#include "build.h"

#ifndef FAVS_COMMIT
#define FAVS_COMMIT ""
#endif

const char *favs_build_commit(void) { return FAVS_COMMIT; }
