/* libarchive, loaded when the first container is opened: it brings ten libraries with it, and nearly all
   runs need none of them. What stands here has the names and types that archive.h declares, and hands on
   to the library; another call is one more line. */

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <wchar.h>

/* The program's names are no other library's. */
#pragma GCC visibility push(hidden)
#include "CArchive.h"
#pragma GCC visibility pop

typedef struct archive_entry *entry_t;
typedef struct archive *archive_t;

/* Result, name, parameters, arguments: what begins with an archive, which is NULL where there is no library,
   and then what is called with one. */
#define MAKERS(F)                                                                                         \
  F(archive_t, archive_read_new, (void), ())                                                              \
  F(archive_t, archive_write_new, (void), ())
#define CALLS(F)                                                                                          \
  F(entry_t, archive_entry_new, (void), ())                                                               \
  F(entry_t, archive_entry_clear, (entry_t e), (e))                                                       \
  F(__LA_MODE_T, archive_entry_filetype, (entry_t e), (e))                                                \
  F(const char *, archive_entry_hardlink, (entry_t e), (e))                                               \
  F(int, archive_entry_is_data_encrypted, (entry_t e), (e))                                               \
  F(const char *, archive_entry_pathname, (entry_t e), (e))                                               \
  F(const char *, archive_entry_pathname_utf8, (entry_t e), (e))                                          \
  F(la_int64_t, archive_entry_size, (entry_t e), (e))                                                     \
  F(int, archive_entry_size_is_set, (entry_t e), (e))                                                     \
  F(void, archive_entry_free, (entry_t e), (e))                                                           \
  F(void, archive_entry_set_filetype, (entry_t e, unsigned int type), (e, type))                          \
  F(void, archive_entry_set_mtime, (entry_t e, time_t seconds, long rest), (e, seconds, rest))            \
  F(void, archive_entry_set_pathname, (entry_t e, const char *name), (e, name))                           \
  F(void, archive_entry_set_perm, (entry_t e, __LA_MODE_T mode), (e, mode))                               \
  F(const char *, archive_error_string, (archive_t a), (a))                                               \
  F(int, archive_format, (archive_t a), (a))                                                              \
  F(int, archive_read_add_passphrase, (archive_t a, const char *word), (a, word))                         \
  F(int, archive_read_data_block, (archive_t a, const void **data, size_t *size, la_int64_t *at),         \
    (a, data, size, at))                                                                                  \
  F(int, archive_read_free, (archive_t a), (a))                                                           \
  F(int, archive_read_next_header, (archive_t a, entry_t *e), (a, e))                                     \
  F(int, archive_read_open1, (archive_t a), (a))                                                          \
  F(int, archive_read_set_callback_data, (archive_t a, void *data), (a, data))                            \
  F(int, archive_read_set_format_option,                                                                  \
    (archive_t a, const char *module, const char *option, const char *value), (a, module, option, value)) \
  F(int, archive_read_set_read_callback, (archive_t a, archive_read_callback *call), (a, call))           \
  F(int, archive_read_set_seek_callback, (archive_t a, archive_seek_callback *call), (a, call))           \
  F(int, archive_read_support_filter_bzip2, (archive_t a), (a))                                           \
  F(int, archive_read_support_filter_gzip, (archive_t a), (a))                                            \
  F(int, archive_read_support_filter_xz, (archive_t a), (a))                                              \
  F(int, archive_read_support_filter_zstd, (archive_t a), (a))                                            \
  F(int, archive_read_support_format_7zip, (archive_t a), (a))                                            \
  F(int, archive_read_support_format_gnutar, (archive_t a), (a))                                          \
  F(int, archive_read_support_format_raw, (archive_t a), (a))                                             \
  F(int, archive_read_support_format_tar, (archive_t a), (a))                                             \
  F(int, archive_read_support_format_zip_seekable, (archive_t a), (a))                                    \
  F(int, archive_read_support_format_zip_streamable, (archive_t a), (a))                                  \
  F(int, archive_write_close, (archive_t a), (a))                                                         \
  F(la_ssize_t, archive_write_data, (archive_t a, const void *data, size_t size), (a, data, size))        \
  F(int, archive_write_free, (archive_t a), (a))                                                          \
  F(int, archive_write_header, (archive_t a, entry_t e), (a, e))                                          \
  F(int, archive_write_open,                                                                              \
    (archive_t a, void *data, archive_open_callback *open, archive_write_callback *write,                 \
     archive_close_callback *close),                                                                      \
    (a, data, open, write, close))                                                                        \
  F(int, archive_write_set_bytes_per_block, (archive_t a, int size), (a, size))                           \
  F(int, archive_write_set_format_option,                                                                 \
    (archive_t a, const char *module, const char *option, const char *value), (a, module, option, value)) \
  F(int, archive_write_set_format_zip, (archive_t a), (a))

#define MEMBER(result, name, parameters, arguments) __typeof__(&name) name;
static struct { MAKERS(MEMBER) CALLS(MEMBER) } library;
static int is_loaded;

static void load(void) {
  void *handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
#define FIND(result, symbol, parameters, arguments)                                                       \
  if (!(library.symbol = (__typeof__(&symbol))dlsym(handle, #symbol))) return;
  MAKERS(FIND)
  CALLS(FIND)
  is_loaded = 1;
}

static int can_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded;
}

#define MAKE(result, name, parameters, arguments)                                                          \
  result name parameters { return can_load() ? library.name arguments : NULL; }
MAKERS(MAKE)

#define HAND_ON(result, name, parameters, arguments)                                                       \
  result name parameters { return library.name arguments; }
CALLS(HAND_ON)
