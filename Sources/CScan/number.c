/* Where the parts of a number end: of nearly all, two loads tell. */
#include "cscan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { LONGEST = 128 };

static inline int is_skipped(uint8_t b) { return b == ')' || (uint8_t)(b - '-') < 3; }

/* Byte by byte, where so many are not left, or not enough. */
static cs_number look(const uint8_t *in, uint32_t n) {
  cs_number found = {0};
  while (found.start < n && is_skipped(in[found.start])) found.start++;
  found.digits_end = found.start;
  while (found.digits_end < n && (cs_class[in[found.digits_end]] & CS_DIGIT)) found.digits_end++;
  found.joined_end = found.start < n ? found.start + 1 : n;
  while (found.joined_end < n && (cs_class[in[found.joined_end]] & CS_JOINED)) found.joined_end++;
  return found;
}

#ifdef __SSE2__
static inline uint32_t bits(__m128i low, __m128i high) {
  return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
}

static inline __m128i equal(__m128i v, char b) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(b)); }

static inline __m128i within(__m128i v, char low, char count) {
  __m128i above = _mm_sub_epi8(v, _mm_set1_epi8(low));
  return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(count - 1)), above);
}
#endif

cs_number cs_look_at_number(const uint8_t *in, size_t at, size_t end) {
#ifdef __SSE2__
  if (end - at >= 32) {
    __m128i a = _mm_loadu_si128((const __m128i *)(const void *)(in + at));
    __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(in + at + 16));
    uint32_t digits = bits(within(a, '0', 10), within(b, '0', 10));
    uint32_t closing = bits(equal(a, ')'), equal(b, ')')), marks = bits(within(a, '-', 2), within(b, '-', 2));
    uint32_t others = ~(closing | marks | bits(equal(a, '/'), equal(b, '/')));
    uint32_t unjoined = ~(digits | closing | marks | bits(equal(a, '+'), equal(b, '+')));
    if (others) {
      /* Shifted so that bit 0 is the start. Without a bit left, what is looked for lies farther on. */
      uint32_t start = (uint32_t)__builtin_ctz(others);
      uint64_t no_digits = (uint64_t)~digits >> start, no_joint = (uint64_t)unjoined >> start >> 1;
      if (no_digits && no_joint)
        return (cs_number){start, start + (uint32_t)__builtin_ctzll(no_digits),
                           start + 1 + (uint32_t)__builtin_ctzll(no_joint)};
    }
  }
#endif
  return look(in + at, (uint32_t)(end - at < LONGEST ? end - at : LONGEST));
}
