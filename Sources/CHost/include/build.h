#ifndef FAVS_BUILD_H
#define FAVS_BUILD_H

/// The commit that the program was built from, 40 hexadecimal digits; empty if not recorded.
const char *favs_build_commit(void);

#endif
