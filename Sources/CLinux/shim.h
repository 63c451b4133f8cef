#ifndef TIEOUT_CLINUX_SHIM_H
#define TIEOUT_CLINUX_SHIM_H

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/vfs.h>
#include <unistd.h>

// glibc declares renameat2 and its flags only under _GNU_SOURCE, which Swift's import does not set.

// Renames a file or directory; fails if the new name exists.
static inline int tieout_rename_new(const char *from, const char *to) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1u);
}

// Atomically exchanges two names.
static inline int tieout_rename_exchange(const char *one, const char *other) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2u);
}

// Syncs the file system that holds the descriptor.
static inline int tieout_sync_file_system(int descriptor) {
  return (int)syscall(SYS_syncfs, descriptor);
}

// How many cores the process may use; 0 if unknown.
static inline int tieout_usable_cores(void) {
  unsigned long set[128] = {0};
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof set, set);
  int cores = 0;
  for (long word = 0; word < bytes / (long)sizeof set[0]; word++) {
    cores += __builtin_popcountl(set[word]);
  }
  return cores;
}

// The magic number of the file system that holds a path, from statfs; 0 if unknown.
static inline unsigned int tieout_file_system_type(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (unsigned int)status.f_type : 0;
}

// Whether the kernel's clock is synchronised: 1 yes, 0 no, -1 unknown.
static inline int tieout_clock_is_synchronised(void) {
  struct timex state = {0};
  int result = adjtimex(&state);
  if (result < 0) return -1;
  return result != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

// The columns and rows of a terminal; returns 0 if unknown.
static inline int tieout_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size = {0};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return size.ws_col > 0;
}

#endif
