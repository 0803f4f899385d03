// Searches a file with Hyperscan for the patterns of another file, one a line, and prints how often
// each matched: `NUMBER COUNT` a line. The third argument is `som` for the start of each match, which
// a scanner needs to say where a value stands, else `end`.
#include <fcntl.h>
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { most = 16, piece = 1 << 20 };

struct hits {
  unsigned long count[most];
  unsigned long long end[most];
};

// A match grows byte by byte; what overlaps the one before is the same place.
static int found(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                 void *context) {
  struct hits *hits = context;
  (void)flags;
  if (from >= hits->end[id]) hits->count[id]++;
  hits->end[id] = to;
  return 0;
}

static int ended(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                 void *context) {
  struct hits *hits = context;
  (void)from;
  (void)flags;
  (void)to;
  hits->count[id]++;
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  char *patterns[most];
  unsigned ids[most], flags[most];
  int som = strcmp(argv[3], "som") == 0;
  unsigned count = 0;
  FILE *list = fopen(argv[1], "r");
  if (!list) return 2;
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  while (count < most && (length = getline(&line, &room, list)) > 0) {
    line[strcspn(line, "\n")] = 0;
    patterns[count] = strdup(line);
    ids[count] = count;
    flags[count] = HS_FLAG_MULTILINE | (som ? HS_FLAG_SOM_LEFTMOST : 0);
    count++;
  }
  fclose(list);
  hs_database_t *database;
  hs_compile_error_t *error;
  if (hs_compile_multi((const char *const *)patterns, flags, ids, count, HS_MODE_BLOCK, NULL,
                       &database, &error) != HS_SUCCESS) {
    fprintf(stderr, "%s\n", error->message);
    return 2;
  }
  hs_scratch_t *scratch = NULL;
  if (hs_alloc_scratch(database, &scratch) != HS_SUCCESS) return 2;
  int file = open(argv[2], O_RDONLY);
  if (file < 0) return 2;
  // Whole lines, a megabyte at a time, as a scanner with bounded memory reads.
  size_t size = 2 * piece, held = 0;
  char *buffer = malloc(size);
  struct hits hits;
  memset(&hits, 0, sizeof hits);
  for (;;) {
    if (held + piece > size) buffer = realloc(buffer, size *= 2);
    if (!buffer) return 2;
    ssize_t got = read(file, buffer + held, piece);
    if (got < 0) return 2;
    held += (size_t)got;
    size_t end = held;
    if (got > 0) {
      while (end > 0 && buffer[end - 1] != '\n') end--;
    }
    memset(hits.end, 0, sizeof hits.end);
    if (end > 0 && hs_scan(database, buffer, (unsigned)end, 0, scratch, som ? found : ended, &hits))
      return 2;
    memmove(buffer, buffer + end, held - end);
    held -= end;
    if (got == 0) break;
  }
  for (unsigned i = 0; i < count; i++) printf("%u %lu\n", i, hits.count[i]);
  return 0;
}
