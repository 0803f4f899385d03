/* Numbers out of bytes that may lie anywhere, for the hashes. */
#ifndef BREACHSCOPE_CSCAN_LOADS_H
#define BREACHSCOPE_CSCAN_LOADS_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Eight bytes, little endian as everywhere the product runs.
static inline uint64_t load64(const uint8_t *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}

// Four bytes.
static inline uint64_t load32(const uint8_t *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return v;
}

// The last 1…7 bytes as a little-endian number; two overlapping loads in place of a loop.
static inline uint64_t load_tail(const uint8_t *p, size_t n) {
  if (n >= 4) return load32(p) | load32(p + n - 4) << (8 * (n - 4));
  uint64_t v = p[0];
  if (n >= 2) v |= (uint64_t)p[1] << 8;
  if (n == 3) v |= (uint64_t)p[2] << 16;
  return v;
}

// The same of 0…7 bytes.
static inline uint64_t load_few(const uint8_t *p, size_t n) { return n > 0 ? load_tail(p, n) : 0; }

#endif
