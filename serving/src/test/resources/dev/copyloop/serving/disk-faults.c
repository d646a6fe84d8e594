/*
 * Preloaded into a process, lets its disk fail: syncs of files below the folder DISK_FAULTS_FOLDER
 * while <folder>.sync-eio exists, writes there while <folder>.write-enospc does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(int fd, const char *fault) {
  const char *folder = getenv("DISK_FAULTS_FOLDER");
  char file[PATH_MAX];
  char link[64];
  if (folder == NULL) return 0;
  snprintf(file, sizeof file, "%s.%s", folder, fault);
  if (access(file, F_OK) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, file, sizeof file - 1);
  if (length < 0) return 0;
  file[length] = 0;
  return strncmp(file, folder, strlen(folder)) == 0 && file[strlen(folder)] == '/';
}

static int sync_by(const char *name, int fd) {
  if (fails(fd, "sync-eio")) {
    errno = EIO;
    return -1;
  }
  return ((int (*)(int)) dlsym(RTLD_NEXT, name))(fd);
}

int fdatasync(int fd) { return sync_by("fdatasync", fd); }

int fsync(int fd) { return sync_by("fsync", fd); }

/* As a disk does that fills up: takes a part, then nothing. */
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  if (fails(fd, "write-enospc")) {
    if (count < 64) {
      errno = ENOSPC;
      return -1;
    }
    count /= 2;
  }
  return ((ssize_t(*)(int, const void *, size_t, off64_t)) dlsym(RTLD_NEXT, "pwrite64"))(
      fd, bytes, count, at);
}
