#include "cscan_mailbox.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

// The bytes from `low` on, `count` of them: moved so that `low` is the least signed byte.
static inline __m128i among(__m128i v, char low, int count) {
  return _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(-128 - low))),
                        _mm_set1_epi8((char)(-128 + count)));
}

static inline uint64_t bits(__m128i mask) { return (uint64_t)(uint32_t)_mm_movemask_epi8(mask); }

static inline __m128i equal(__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }

static inline __m128i mark(__m128i v, size_t at, cs_mailbox *marks) {
  __m128i lower = _mm_or_si128(v, _mm_and_si128(among(v, 'A', 26), _mm_set1_epi8(0x20)));
  marks->words |= bits(_mm_or_si128(among(lower, 'a', 26), among(v, '0', 10))) << at;
  marks->dots |= bits(equal(v, '.')) << at;
  marks->ats |= bits(equal(v, '@')) << at;
  marks->dashes |= bits(_mm_or_si128(equal(v, '-'), equal(v, '_'))) << at;
  marks->pluses |= bits(equal(v, '+')) << at;
  return lower;
}

void cs_mark_mailbox(const uint8_t *in, size_t n, uint8_t *out, cs_mailbox *marks) {
  cs_mailbox m = {0, 0, 0, 0, 0};
  if (n < 16) {
    uint64_t head, tail;
    memcpy(&head, in, 8);
    memcpy(&tail, in + n - 8, 8);
    tail = n == 8 ? 0 : tail >> (8 * (16 - n));
    __m128i v = _mm_set_epi64x((long long)tail, (long long)head);
    _mm_storeu_si128((__m128i *)(void *)out, mark(v, 0, &m));
  } else {
    // The last step overlaps the one before it, and finds the same there.
    size_t at = 0;
    for (;;) {
      __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(in + at));
      _mm_storeu_si128((__m128i *)(void *)(out + at), mark(v, at, &m));
      if (at + 16 == n) break;
      at = at + 32 <= n ? at + 16 : n - 16;
    }
  }
  *marks = m;
}

#else

void cs_mark_mailbox(const uint8_t *in, size_t n, uint8_t *out, cs_mailbox *marks) {
  cs_mailbox m = {0, 0, 0, 0, 0};
  for (size_t i = 0; i < n; i++) {
    uint8_t c = in[i], lower = (uint8_t)(c - 'A') < 26 ? c | 0x20 : c;
    out[i] = lower;
    m.words |= (uint64_t)((uint8_t)(lower - 'a') < 26 || (uint8_t)(c - '0') < 10) << i;
    m.dots |= (uint64_t)(c == '.') << i;
    m.ats |= (uint64_t)(c == '@') << i;
    m.dashes |= (uint64_t)(c == '-' || c == '_') << i;
    m.pluses |= (uint64_t)(c == '+') << i;
  }
  *marks = m;
}

#endif
