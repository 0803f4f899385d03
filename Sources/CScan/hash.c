#include "cscan.h"
#include "loads.h"

#define ROTL(x, b) (uint64_t)(((x) << (b)) | ((x) >> (64 - (b))))
#define ROUND                                                                                     \
  do {                                                                                             \
    v0 += v1; v1 = ROTL(v1, 13); v1 ^= v0; v0 = ROTL(v0, 32);                                      \
    v2 += v3; v3 = ROTL(v3, 16); v3 ^= v2;                                                         \
    v0 += v3; v3 = ROTL(v3, 21); v3 ^= v0;                                                         \
    v2 += v1; v1 = ROTL(v1, 17); v1 ^= v2; v2 = ROTL(v2, 32);                                      \
  } while (0)

void cs_siphash128(const uint8_t key[16], const uint8_t *in, size_t n, uint64_t out[2]) {
  uint64_t k0 = load64(key), k1 = load64(key + 8);
  uint64_t v0 = 0x736f6d6570736575ULL ^ k0, v1 = 0x646f72616e646f6dULL ^ k1 ^ 0xee;
  uint64_t v2 = 0x6c7967656e657261ULL ^ k0, v3 = 0x7465646279746573ULL ^ k1;
  const uint8_t *end = in + (n & ~(size_t)7);
  for (; in != end; in += 8) {
    uint64_t m = load64(in);
    v3 ^= m;
    ROUND;
    ROUND;
    v0 ^= m;
  }
  uint64_t b = (uint64_t)n << 56;
  if (n & 7) b |= load_tail(in, n & 7);
  v3 ^= b;
  ROUND;
  ROUND;
  v0 ^= b;
  v2 ^= 0xee;
  ROUND;
  ROUND;
  ROUND;
  ROUND;
  out[0] = v0 ^ v1 ^ v2 ^ v3;
  v1 ^= 0xdd;
  ROUND;
  ROUND;
  ROUND;
  ROUND;
  out[1] = v0 ^ v1 ^ v2 ^ v3;
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

static inline uint64_t fold(uint64_t a, uint64_t b) {
  __uint128_t p = (__uint128_t)a * b;
  return (uint64_t)p ^ (uint64_t)(p >> 64);
}

uint64_t cs_rowhash(uint64_t key, const uint8_t *in, size_t n) {
  uint64_t h = key ^ (n * 0x9E3779B97F4A7C15ULL);
  if (n >= 32) {
    /* Two at a time, as neither waits for the other. */
    uint64_t g = key ^ 0x8BB84B93962EACC9ULL;
    for (; n >= 32; in += 32, n -= 32) {
      h = fold(load64(in) ^ h ^ 0xA0761D6478BD642FULL, load64(in + 8) ^ key ^ 0xE7037ED1A0B428DBULL);
      g = fold(load64(in + 16) ^ g ^ 0x4B33A62ED433D4A3ULL, load64(in + 24) ^ key ^ 0x4D5A2DA51DE1AA47ULL);
    }
    h ^= ROTL(g, 32);
  }
  while (n >= 16) {
    h = fold(load64(in) ^ h ^ 0xA0761D6478BD642FULL, load64(in + 8) ^ key ^ 0xE7037ED1A0B428DBULL);
    in += 16;
    n -= 16;
  }
  uint64_t a = 0, b = 0;
  if (n >= 8) {
    a = load64(in);
    in += 8;
    n -= 8;
  }
  if (n > 0) b = load_tail(in, n);
  return fold(a ^ h ^ 0x8EBC6AF09C88C6E3ULL, b ^ key ^ 0x589965CC75374CC3ULL);
}
