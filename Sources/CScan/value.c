#include "cscan_value.h"

#include "loads.h"

#if defined(__SSE2__)
#include <emmintrin.h>

// A bit for each of 16 bytes.
static inline uint64_t bits(__m128i mask) { return (uint64_t)(uint32_t)_mm_movemask_epi8(mask); }

// Of the first `n` bytes of 64 that can be read; `*words` says whether an ASCII letter was seen.
static inline int holds_candidate(const uint8_t *p, size_t n, int numbers, int *words) {
  uint64_t run = 0, plus = 0, blank = 0, other = 0, seps = 0, letters = 0, stops = 0, own = ~0ULL >> (64 - n);
  for (size_t i = 0; 16 * i < n; i++) {
    __m128i v = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    __m128i mark = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('@')), _mm_cmpeq_epi8(v, _mm_set1_epi8('%')));
    other |= bits(_mm_or_si128(v, mark)) << 16 * i;
    // What a label may stand before.
    __m128i lines = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
    __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(':')), _mm_cmpeq_epi8(v, _mm_set1_epi8('=')));
    seps |= bits(_mm_or_si128(lines, signs)) << 16 * i;
    __m128i letter = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    letters |= bits(_mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter)) << 16 * i;
    // ( ) * + , - . / 0 … 9 without * and ,
    __m128i offset = _mm_sub_epi8(v, _mm_set1_epi8('('));
    __m128i in_run = _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(17)), offset);
    __m128i gaps = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('*')), _mm_cmpeq_epi8(v, _mm_set1_epi8(',')));
    run |= bits(_mm_andnot_si128(gaps, in_run)) << 16 * i;
    blank |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(' '))) << 16 * i;
    stops |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('.'))) << 16 * i;
    plus |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('+'))) << 16 * i;
  }
  if (other & own) return 1;
  // A label in ASCII has letters; it may stand before the bytes, with quotes and blanks between.
  *words |= (letters & own) != 0;
  if ((seps & own) && (*words || (seps & 0xFF))) return 1;
  if (!numbers) return 0;
  run &= own;
  uint64_t two = run & run >> 1, four = two & two >> 2, group = four & blank >> 4;
  uint64_t spaced = run & blank << 1 & (letters | stops) << 2;
  return (spaced | (plus & run >> 1) | (four & four >> 4) | (group & group >> 5 & four >> 10)) != 0;
}

int cs_may_hold_candidate(const uint8_t *in, size_t n, size_t readable, int numbers) {
  int words = 0;
  // A number is told by 14 bytes: windows that share so many hold it whole.
  for (; n > 64; in += 50, n -= 50, readable -= 50)
    if (holds_candidate(in, 64, numbers, &words)) return 1;
  if (n == 0) return 0;
  if (readable >= 64) return holds_candidate(in, n, numbers, &words);
  uint8_t copy[64] = {0};
  memcpy(copy, in, n);
  return holds_candidate(copy, n, numbers, &words);
}
#else
int cs_may_hold_candidate(const uint8_t *in, size_t n, size_t readable, int numbers) {
  (void)in;
  (void)readable;
  (void)numbers;
  return n > 0;
}
#endif

static inline int is_digit(uint8_t b) { return (uint8_t)(b - '0') <= 9; }

// The ASCII character that a three-byte character stands for, 0 for an invisible one, -1 for none.
static inline int plain_form(uint32_t c, int after_digit) {
  if (c >= 0xEFBC81 && c <= 0xEFBCBF) return (int)(c & 0xFF) - 0x60;
  if (c >= 0xEFBD80 && c <= 0xEFBD9E) return (int)(c & 0xFF) - 0x20;
  if (c == 0xE38080) return ' ';
  // U+2010 to U+2015, U+2212
  if ((c >= 0xE28090 && c <= 0xE28095) || c == 0xE28892) return '-';
  // Marks used as hyphens between digits: of long vowels, full and half width, and of boxes
  if (c == 0xE383BC || c == 0xEFBDB0 || c == 0xE29480 || c == 0xE29481) return after_digit ? '-' : -1;
  // Zero-width blanks, joiners, directional marks, the byte-order mark
  if ((c >= 0xE2808B && c <= 0xE2808F) || (c >= 0xE280AA && c <= 0xE280AE) ||
      (c >= 0xE281A0 && c <= 0xE281A9) || c == 0xEFBBBF)
    return 0;
  return -1;
}

size_t cs_fold(const uint8_t *in, size_t n, int after_digit, uint8_t *out) {
  size_t at = 0, count = 0;
  while (at < n) {
    uint8_t b = in[at];
    if (b < 0xE0 || b >= 0xF0 || n - at < 3) {
      out[count++] = b;
      at++;
      after_digit = is_digit(b);
      continue;
    }
    if (b == 0xEF || b <= 0xE3) {
      int form = plain_form((uint32_t)b << 16 | (uint32_t)in[at + 1] << 8 | in[at + 2], after_digit);
      if (form >= 0) {
        at += 3;
        if (form > 0) {
          out[count++] = (uint8_t)form;
          after_digit = is_digit((uint8_t)form);
        }
        continue;
      }
    }
    memcpy(out + count, in + at, 3);
    count += 3;
    at += 3;
    after_digit = 0;
  }
  return count;
}

#if !defined(__SSE2__)
static uint64_t fold_marks_of(const uint8_t *p, int after_digit, uint32_t behind) {
  // One by one where there are no vectors; the two bytes behind the block are in `behind`.
  uint64_t marks = 0;
  for (int i = 0; i < 64; i++) {
    uint8_t b = p[i];
    if (b != 0xE2 && b != 0xEF && b != 0xE3) continue;
    uint8_t second = i + 1 < 64 ? p[i + 1] : (uint8_t)behind;
    uint8_t third = i + 2 < 64 ? p[i + 2] : (uint8_t)(behind >> (i + 2 == 64 ? 0 : 8));
    int digit = i > 0 ? is_digit(p[i - 1]) : after_digit;
    int is_mark = b != 0xE3 || (second == 0x80 && third == 0x80) ||
                  (second == 0x83 && third == 0xBC && digit);
    marks |= (uint64_t)is_mark << i;
  }
  return marks;
}
#else
// Bits of the 64 bytes that are `value`.
static inline uint64_t equal64(const __m128i v[4], uint8_t value) {
  __m128i x = _mm_set1_epi8((char)value);
  return bits(_mm_cmpeq_epi8(v[0], x)) | bits(_mm_cmpeq_epi8(v[1], x)) << 16 |
         bits(_mm_cmpeq_epi8(v[2], x)) << 32 | bits(_mm_cmpeq_epi8(v[3], x)) << 48;
}

static inline uint64_t fold_marks_of(const uint8_t *p, int after_digit, uint32_t behind) {
  __m128i v[4];
  for (int i = 0; i < 4; i++) v[i] = _mm_loadu_si128((const __m128i *)(p + 16 * i));
  uint64_t kana = equal64(v, 0xE3), marks = equal64(v, 0xE2) | equal64(v, 0xEF);
  if (kana == 0) return marks;
  uint64_t first = behind & 0xFF, second = behind >> 8, x80 = equal64(v, 0x80);
  uint64_t one = x80 >> 1 | (uint64_t)(first == 0x80) << 63;
  uint64_t two = x80 >> 2 | (uint64_t)(first == 0x80) << 62 | (uint64_t)(second == 0x80) << 63;
  uint64_t xBC = equal64(v, 0xBC) >> 2 | (uint64_t)(first == 0xBC) << 62 | (uint64_t)(second == 0xBC) << 63;
  marks |= kana & one & two;
  if ((kana & xBC) == 0) return marks;
  uint64_t x83 = equal64(v, 0x83) >> 1 | (uint64_t)(first == 0x83) << 63, digits = 0;
  for (int i = 0; i < 4; i++) {
    __m128i d = _mm_sub_epi8(v[i], _mm_set1_epi8('0'));
    digits |= bits(_mm_cmpeq_epi8(_mm_min_epu8(d, _mm_set1_epi8(9)), d)) << 16 * i;
  }
  return marks | (kana & x83 & xBC & (digits << 1 | (uint64_t)after_digit));
}
#endif

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
AVX2 static inline uint64_t equal_avx2(__m256i low, __m256i high, uint8_t value) {
  __m256i x = _mm256_set1_epi8((char)value);
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, x)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, x)) << 32;
}

/* Whole blocks, 64 bytes a step; those with what needs a look at more bytes are left to the other. */
AVX2 static size_t fold_marks_avx2(const uint8_t *in, size_t n, uint64_t *out) {
  size_t at = 0;
  int after_digit = 0;
  for (; n - at >= 66; at += 64) {
    const uint8_t *p = in + at;
    __m256i low = _mm256_loadu_si256((const __m256i *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(p + 32));
    uint64_t kana = equal_avx2(low, high, 0xE3);
    uint64_t marks = equal_avx2(low, high, 0xE2) | equal_avx2(low, high, 0xEF);
    if (kana != 0) {
      __m256i low2 = _mm256_loadu_si256((const __m256i *)(p + 2));
      __m256i high2 = _mm256_loadu_si256((const __m256i *)(p + 34));
      if (kana & (equal_avx2(low2, high2, 0x80) | equal_avx2(low2, high2, 0xBC)))
        marks = fold_marks_of(p, after_digit, (uint32_t)p[64] | (uint32_t)p[65] << 8);
    }
    *out++ = marks;
    after_digit = is_digit(p[63]);
  }
  return at;
}
#endif

void cs_fold_marks(const uint8_t *in, size_t n, uint64_t *out) {
  size_t at = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    at = fold_marks_avx2(in, n, out);
    out += at / 64;
  }
#endif
  int after_digit = at > 0 && is_digit(in[at - 1]);
  for (; n - at >= 66; at += 64) {
    *out++ = fold_marks_of(in + at, after_digit, (uint32_t)in[at + 64] | (uint32_t)in[at + 65] << 8);
    after_digit = is_digit(in[at + 63]);
  }
  for (; at < n; at += 64) {
    uint8_t copy[66] = {0};
    memcpy(copy, in + at, n - at < 66 ? n - at : 66);
    *out++ = fold_marks_of(copy, after_digit, (uint32_t)copy[64] | (uint32_t)copy[65] << 8);
    after_digit = is_digit(copy[63]);
  }
}
