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

// Sixteen bytes; the compiler makes vector instructions of it where there are any.
typedef uint8_t block __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

static inline int any(block mask) {
  halves h = (halves)mask;
  return (h[0] | h[1]) != 0;
}

// The block one byte on, with 0 as its last byte.
static inline block next(block b) {
  const block zero = {0};
  return __builtin_shufflevector(b, zero, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
}

static inline block folds(block b) {
  block second = next(b), third = next(second), kana = (block)(b == 0xE3);
  block blank = (block)(second == 0x80) & (block)(third == 0x80);
  block mark = kana & (block)(second == 0x83) & (block)(third == 0xBC);
  block digit = (block)((block)(b - '0') <= 9);
  return (block)(b == 0xE2) | (block)(b == 0xEF) | (kana & blank) | (digit & next(mark));
}

int cs_may_fold(const uint8_t *in, size_t n) {
  block b;
  if (n < 16) {
    b = (block)(halves){n >= 8 ? load64(in) : load_few(in, n),
                        n > 8 ? load64(in + n - 8) >> (8 * (16 - n)) : 0};
    return any(folds(b));
  }
  // A mark behind a digit is four bytes long: blocks that share three bytes hold it whole.
  memcpy(&b, in + n - 16, 16);
  block found = folds(b);
  for (size_t at = 0; n - at > 16; at += 13) {
    memcpy(&b, in + at, 16);
    found |= folds(b);
  }
  return any(found);
}
