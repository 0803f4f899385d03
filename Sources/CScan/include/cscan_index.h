// Positions of the bytes that mean something to a reader.
#ifndef BREACHSCOPE_CSCAN_INDEX_H
#define BREACHSCOPE_CSCAN_INDEX_H
#include <stddef.h>
#include <stdint.h>

// How a position is found; all give the same. A machine without AVX2 takes the next.
enum { CS_INDEX_AVX2 = 0, CS_INDEX_SSE2 = 1, CS_INDEX_PLAIN = 2 };

// Positions of the bytes in `set` (eight values, the unused ones repeated) from `from` up to `n`, in
// order. Writes at most `cap` (at least 64) entries to `out`, returns how many; `*next` is where to
// go on (n when done). Entries behind the last may be overwritten. `way` is one of CS_INDEX_….
size_t cs_index(const uint8_t *in, size_t from, size_t n, const uint8_t set[8], uint32_t *out,
                size_t cap, size_t *next, int way);

#endif
