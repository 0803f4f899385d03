#include "cscan_value.h"

#include <string.h>

#define ROTL(x, b) (uint64_t)(((x) << (b)) | ((x) >> (64 - (b))))
#define ROUND                                                                                     \
  do {                                                                                             \
    v0 += v1; v1 = ROTL(v1, 13); v1 ^= v0; v0 = ROTL(v0, 32);                                      \
    v2 += v3; v3 = ROTL(v3, 16); v3 ^= v2;                                                         \
    v0 += v3; v3 = ROTL(v3, 21); v3 ^= v0;                                                         \
    v2 += v1; v1 = ROTL(v1, 17); v1 ^= v2; v2 = ROTL(v2, 32);                                      \
  } while (0)

static inline uint64_t load64(const uint8_t *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}

static inline uint64_t load32(const uint8_t *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return v;
}

// The 0…7 bytes at `p` as a little-endian number.
static inline uint64_t load_few(const uint8_t *p, size_t n) {
  if (n >= 4) return load32(p) | load32(p + n - 4) << (8 * (n - 4));
  uint64_t v = 0;
  if (n >= 1) v = p[0];
  if (n >= 2) v |= (uint64_t)p[1] << 8;
  if (n == 3) v |= (uint64_t)p[2] << 16;
  return v;
}

uint64_t cs_digest(uint64_t k0, uint64_t k1, uint8_t kind, const uint8_t *in, size_t n) {
  uint64_t v0 = 0x736f6d6570736575ULL ^ k0, v1 = 0x646f72616e646f6dULL ^ k1 ^ 0xee;
  uint64_t v2 = 0x6c7967656e657261ULL ^ k0, v3 = 0x7465646279746573ULL ^ k1;
  size_t length = n + 1;  // the kind comes first
  uint64_t last = (uint64_t)length << 56;
  if (length < 8) {
    last |= (uint64_t)kind | load_few(in, n) << 8;
  } else {
    uint64_t m = (uint64_t)kind | load_few(in, 7) << 8;
    size_t at = 7;
    for (;;) {
      v3 ^= m;
      ROUND;
      ROUND;
      v0 ^= m;
      if (n - at < 8) break;
      m = load64(in + at);
      at += 8;
    }
    last |= load_few(in + at, n - at);
  }
  v3 ^= last;
  ROUND;
  ROUND;
  v0 ^= last;
  v2 ^= 0xee;
  ROUND;
  ROUND;
  ROUND;
  ROUND;
  return v0 ^ v1 ^ v2 ^ v3;
}

int cs_may_fold(const uint8_t *in, size_t n) {
  const uint64_t high = 0x8080808080808080ULL;
  size_t at = 0;
  while (n - at >= 8) {
    if (load64(in + at) & high) break;
    at += 8;
  }
  if (n - at < 8 && !(load_few(in + at, n - at) & high)) return 0;
  int after_digit = at > 0 && in[at - 1] >= '0' && in[at - 1] <= '9';
  while (at < n) {
    uint8_t byte = in[at];
    if (byte < 0xE0 || byte >= 0xF0 || at + 2 >= n) {
      after_digit = byte >= '0' && byte <= '9';
      at++;
      continue;
    }
    if (byte == 0xE2 || byte == 0xEF) return 1;
    if (byte == 0xE3) {
      if (in[at + 1] == 0x80 && in[at + 2] == 0x80) return 1;
      if (after_digit && in[at + 1] == 0x83 && in[at + 2] == 0xBC) return 1;
    }
    after_digit = 0;
    at += 3;
  }
  return 0;
}
