/* The kernels in plain C, for any processor; compilers vectorise the loops. */
#include <string.h>
#include "cscan.h"
#include "variants.h"

typedef struct { uint8_t v[64]; } block;

static inline block load(const uint8_t *p) {
  block b;
  memcpy(b.v, p, 64);
  return b;
}

/* Bit i of the result is the lowest bit of byte i. */
static inline uint64_t gather(const uint8_t flags[64]) {
  uint64_t m = 0;
  for (int i = 0; i < 8; i++) {
    uint64_t eight = 0;
    for (int j = 0; j < 8; j++) eight |= (uint64_t)flags[8 * i + j] << j;
    m |= eight << 8 * i;
  }
  return m;
}

static inline uint64_t equal(block b, uint8_t c) {
  uint8_t flags[64];
  for (int i = 0; i < 64; i++) flags[i] = b.v[i] == c;
  return gather(flags);
}

static inline uint64_t within(block b, uint8_t low, uint8_t high) {
  uint8_t flags[64];
  for (int i = 0; i < 64; i++) flags[i] = b.v[i] >= low && b.v[i] <= high;
  return gather(flags);
}

static inline uint64_t high(block b) {
  uint8_t flags[64];
  for (int i = 0; i < 64; i++) flags[i] = b.v[i] >> 7;
  return gather(flags);
}

static inline classes classify(block b) {
  uint8_t run[64], marks[64], seps[64], wordy[64];
  for (int i = 0; i < 64; i++) {
    run[i] = b.v[i] >= 0x28 && b.v[i] <= 0x39 && b.v[i] != 0x2A && b.v[i] != 0x2C;
    marks[i] = b.v[i] == '@' || b.v[i] == '%';
    seps[i] = b.v[i] == ':' || b.v[i] == '=' || b.v[i] == '\n' || b.v[i] == '\r';
    wordy[i] = (uint8_t)cs_is_wordy(b.v[i]);
  }
  return (classes){gather(run), within(b, '0', '9'), gather(marks), gather(seps), gather(wordy)};
}

/* Nothing: the check of single characters takes ASCII eight bytes a step. */
static inline size_t valid_stretch(const uint8_t *in, size_t at, size_t n, int stop_at_escape) {
  (void)in, (void)n, (void)stop_at_escape;
  return at;
}

#define KERNEL(name) cs_plain_##name
#include "kernels.h"
