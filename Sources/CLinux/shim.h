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

// Puts everything written to the file system that holds the descriptor on disk.
static inline int tieout_sync_file_system(int descriptor) {
  return (int)syscall(SYS_syncfs, descriptor);
}

// How many cores the process may use; 0 if the kernel does not say.
static inline int tieout_usable_cores(void) {
  unsigned long set[128] = {0};
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof set, set);
  int cores = 0;
  for (long word = 0; word < bytes / (long)sizeof set[0]; word++) {
    cores += __builtin_popcountl(set[word]);
  }
  return cores;
}

#endif
