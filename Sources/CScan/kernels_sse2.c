/* The kernels for any x86-64 processor. */
#if defined(__x86_64__)
#include <emmintrin.h>
#include "cscan.h"
#include "variants.h"

typedef struct { __m128i v[4]; } block;

static inline block load(const uint8_t *p) {
  block b;
  for (int i = 0; i < 4; i++) b.v[i] = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
  return b;
}

static inline uint64_t bits(const __m128i m[4]) {
  uint64_t out = 0;
  for (int i = 0; i < 4; i++) out |= (uint64_t)(uint32_t)_mm_movemask_epi8(m[i]) << 16 * i;
  return out;
}

static inline uint64_t equal(block b, uint8_t c) {
  __m128i k = _mm_set1_epi8((char)c), m[4];
  for (int i = 0; i < 4; i++) m[i] = _mm_cmpeq_epi8(b.v[i], k);
  return bits(m);
}

/* low <= byte <= high: moved so that `low` is the least signed byte, one comparison tells. */
static inline __m128i outside(__m128i v, uint8_t low, uint8_t high) {
  __m128i base = _mm_set1_epi8((char)(low + 128)), span = _mm_set1_epi8((char)(high - low - 128));
  return _mm_cmpgt_epi8(_mm_sub_epi8(v, base), span);
}

static inline uint64_t within(block b, uint8_t low, uint8_t high) {
  __m128i m[4];
  for (int i = 0; i < 4; i++) m[i] = outside(b.v[i], low, high);
  return ~bits(m);
}

static inline uint64_t high(block b) { return bits(b.v); }

static inline classes classify(block b) {
  __m128i run[4], marks[4], seps[4], wordy[4];
  for (int i = 0; i < 4; i++) {
    __m128i v = b.v[i];
    /* '(' … '9' but for '*' and ',' */
    __m128i star = _mm_cmpeq_epi8(v, _mm_set1_epi8('*'));
    __m128i comma = _mm_cmpeq_epi8(v, _mm_set1_epi8(','));
    run[i] = _mm_or_si128(outside(v, 0x28, 0x39), _mm_or_si128(star, comma));
    marks[i] = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('@')),
                            _mm_cmpeq_epi8(v, _mm_set1_epi8('%')));
    __m128i equals = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(':')),
                                  _mm_cmpeq_epi8(v, _mm_set1_epi8('=')));
    __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
    seps[i] = _mm_or_si128(equals, ends);
    __m128i closers = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')),
                                   _mm_cmpeq_epi8(v, _mm_set1_epi8(')')));
    __m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                  _mm_cmpeq_epi8(v, _mm_set1_epi8('\'')));
    closers = _mm_or_si128(closers, _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')),
                                                 _mm_cmpeq_epi8(v, _mm_set1_epi8('.'))));
    /* The highest bit tells: of the byte itself, or moved there from below. */
    wordy[i] = _mm_or_si128(_mm_or_si128(v, _mm_slli_epi16(v, 1)), _mm_or_si128(closers, quotes));
  }
  return (classes){~bits(run), within(b, '0', '9'), bits(marks), bits(seps), bits(wordy)};
}

/* Nothing: the check of single characters takes ASCII eight bytes a step. */
static inline size_t valid_stretch(const uint8_t *in, size_t at, size_t n, int stop_at_escape) {
  (void)in, (void)n, (void)stop_at_escape;
  return at;
}

#define KERNEL(name) cs_sse2_##name
#include "kernels.h"
#else
typedef int cs_no_sse2;
#endif
