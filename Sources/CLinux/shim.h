#ifndef TIEOUT_CLINUX_SHIM_H
#define TIEOUT_CLINUX_SHIM_H

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

// glibc declares renameat2 and its flags only under _GNU_SOURCE, which Swift's import does not set.

// Gives a file or directory a name that must not be taken yet.
static inline int tieout_rename_new(const char *from, const char *to) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1u);
}

// Exchanges two names in one step.
static inline int tieout_rename_exchange(const char *one, const char *other) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2u);
}

#endif
