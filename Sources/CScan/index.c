#include "cscan_index.h"
#include <string.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

/* Writes the positions of the set bits; up to three entries more than there are, inside the block's
   64. Four a step: most blocks of a table hold four to twelve marks, and a branch for each costs
   more than a store too many. */
static inline size_t write_bits(uint64_t bits, size_t at, uint32_t *out) {
  size_t count = (size_t)__builtin_popcountll(bits);
  for (size_t i = 0; i < count; i += 4) {
    for (size_t k = 0; k < 4; k++) {
      /* The bit above all others keeps the count of zeros defined; it is never part of the result. */
      out[i + k] = (uint32_t)(at + (size_t)__builtin_ctzll(bits | 1ULL << 63));
      bits &= bits - 1;
    }
  }
  return count;
}

/* Bytes behind the end read as the complement of a mark by having no bit in `valid`. */
#define INDEX_LOOP(MASK)                                             \
  size_t count = 0, at = from;                                       \
  while (at < n && count + 64 <= cap) {                              \
    uint64_t bits;                                                   \
    if (at + 64 <= n) {                                              \
      const uint8_t *p = in + at;                                    \
      bits = MASK;                                                   \
    } else {                                                         \
      uint8_t p[64] = {0};                                           \
      memcpy(p, in + at, n - at);                                    \
      bits = (MASK) & ~0ULL >> (64 - (n - at));                      \
    }                                                                \
    count += write_bits(bits, at, out + count);                      \
    at += 64;                                                        \
  }                                                                  \
  *next = at < n ? at : n;                                           \
  return count;

static inline uint64_t mask_plain(const uint8_t *p, const uint8_t is_mark[256]) {
  uint64_t bits = 0;
  for (int i = 0; i < 64; i++) bits |= (uint64_t)is_mark[p[i]] << i;
  return bits;
}

static size_t index_plain(const uint8_t *in, size_t from, size_t n, const uint8_t set[8],
                          uint32_t *out, size_t cap, size_t *next) {
  uint8_t is_mark[256] = {0};
  for (int i = 0; i < 8; i++) is_mark[set[i]] = 1;
  INDEX_LOOP(mask_plain(p, is_mark))
}

#if defined(__SSE2__)
static inline uint64_t mask_sse2(const uint8_t *p, const __m128i marks[8]) {
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(p + 16 * i)), hit = _mm_cmpeq_epi8(v, marks[0]);
    for (int k = 1; k < 8; k++) hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, marks[k]));
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit) << 16 * i;
  }
  return bits;
}

static size_t index_sse2(const uint8_t *in, size_t from, size_t n, const uint8_t set[8],
                         uint32_t *out, size_t cap, size_t *next) {
  __m128i marks[8];
  for (int i = 0; i < 8; i++) marks[i] = _mm_set1_epi8((char)set[i]);
  INDEX_LOOP(mask_sse2(p, marks))
}

/* Each mark has a bit: one table gives the marks with a byte's low half, one those with its high
   half, and a byte is a mark when both name the same. */
#define AVX2 __attribute__((target("avx2,bmi,popcnt")))
AVX2 static inline uint32_t half_avx2(const uint8_t *p, __m256i low, __m256i high) {
  __m256i v = _mm256_loadu_si256((const __m256i *)p), nibble = _mm256_set1_epi8(15);
  __m256i a = _mm256_shuffle_epi8(low, _mm256_and_si256(v, nibble));
  __m256i b = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
  __m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(a, b), _mm256_setzero_si256());
  return ~(uint32_t)_mm256_movemask_epi8(none);
}

AVX2 static size_t index_avx2(const uint8_t *in, size_t from, size_t n, const uint8_t set[8],
                              uint32_t *out, size_t cap, size_t *next) {
  uint8_t halves[2][16] = {{0}};
  for (int i = 0; i < 8; i++) {
    halves[0][set[i] & 15] |= (uint8_t)(1 << i);
    halves[1][set[i] >> 4] |= (uint8_t)(1 << i);
  }
  __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)halves[0]));
  __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)halves[1]));
  INDEX_LOOP(half_avx2(p, low, high) | (uint64_t)half_avx2(p + 32, low, high) << 32)
}
#endif

size_t cs_index(const uint8_t *in, size_t from, size_t n, const uint8_t set[8], uint32_t *out,
                size_t cap, size_t *next, int way) {
#if defined(__SSE2__)
  if (way == CS_INDEX_AVX2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
    return index_avx2(in, from, n, set, out, cap, next);
  if (way != CS_INDEX_PLAIN) return index_sse2(in, from, n, set, out, cap, next);
#endif
  return index_plain(in, from, n, set, out, cap, next);
}
