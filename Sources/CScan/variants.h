/* The kernels by instruction set, for the dispatcher in scan.c. */
#ifndef BREACHSCOPE_CSCAN_VARIANTS_H
#define BREACHSCOPE_CSCAN_VARIANTS_H
#include "cscan.h"

#define CS_DECLARE(set)                                                                           \
  size_t cs_##set##_count(const uint8_t *, size_t, uint8_t);                                      \
  size_t cs_##set##_candidates(const uint8_t *, size_t, size_t, const cs_literals *,              \
                               cs_candidate *, size_t, size_t *);                                 \
  size_t cs_##set##_utf8_prefix(const uint8_t *, size_t, int, int *);
#if defined(__x86_64__)
CS_DECLARE(avx2)
CS_DECLARE(sse2)
#endif
CS_DECLARE(plain)
#undef CS_DECLARE

/* A stretch of bytes as two masks. */
typedef struct {
  uint64_t run;   /* bytes of CS_RUN */
  uint64_t marks; /* '@' and '%' */
  uint64_t seps;  /* ':', '=', LF and CR */
  uint64_t wordy; /* what may stand right before one of them: cs_is_wordy */
} classes;

/* What may stand right before a mark of one byte: any byte from '@' on, a blank, a tab, or one of
   " ' ) . and with them, where that is cheaper, other control characters. */
static inline int cs_is_wordy(uint8_t b) {
  return b >= 0x40 || b == ' ' || b == '\t' || b == '"' || b == '\'' || b == ')' || b == '.';
}

/* By byte: what may stand before a mark (see label.c), and what a candidate is that begins so. */
extern const uint8_t cs_edges[256], cs_kinds[256];

static inline uint32_t cs_bit(const uint64_t set[1024], uint32_t bit) {
  return (uint32_t)(set[bit >> 6] >> (bit & 63)) & 1;
}

/* The bit of `tails` for the last letters before a mark, up to four, the last of them in the highest
   byte; behind a joint others may go on. */
static inline uint32_t cs_tail(uint32_t letters, uint32_t is_joined) {
  return (letters ^ is_joined << 5) * 0x9E3779B1u >> 16;
}

/* True when a known label ends before `mark`, and for a line end, in a line that it may have to itself. */
int cs_is_labelled(const uint8_t *in, size_t mark, const cs_literals *literals);

/* Goes on from `at`, the start of a character, until `stop` is reached or passed, the bytes are not
   UTF-8, or ESC comes where that stops; `*cut` says that the end cuts the sequence there. */
size_t cs_scalar_utf8_prefix(const uint8_t *in, size_t at, size_t n, size_t stop,
                             int stop_at_escape, int *cut);

#endif
