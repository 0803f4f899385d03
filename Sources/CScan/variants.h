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

extern const uint8_t cs_closers[256];

/* An ASCII letter, a byte from 0x80 on, or one of " ' ) ] } */
static inline int cs_is_wordy(uint8_t b) {
  return b >= 0x80 || (uint8_t)((b | 0x20) - 'a') < 26 || b == '"' || b == '\'' || b == ')' ||
         (b | 0x20) == '}';
}

/* Those of `seps`, marks in the block at `at`, that stand behind the end of a label. */
uint64_t cs_labelled(const uint8_t *in, size_t at, uint64_t seps, const cs_literals *literals);

/* Goes on from `at`, the start of a character, until `stop` is reached or passed, the bytes are not
   UTF-8, or ESC comes where that stops; `*cut` says that the end cuts the sequence there. */
size_t cs_scalar_utf8_prefix(const uint8_t *in, size_t at, size_t n, size_t stop,
                             int stop_at_escape, int *cut);

#endif
