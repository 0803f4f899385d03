#include "cscan.h"
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define D (CS_DIGIT | CS_RUN | CS_ALNUM | CS_MAILBOX)
#define A (CS_ALNUM | CS_MAILBOX)
#define R CS_RUN
#define M CS_MAILBOX
#define S CS_SPACE
const uint8_t cs_class[256] = {
    ['\t'] = S, ['\n'] = S, ['\r'] = S, [' '] = S,
    ['('] = R, [')'] = R, ['+'] = R | M, ['.'] = R | M, ['/'] = R, ['-'] = R | M,
    ['_'] = M, ['%'] = M, ['!'] = M, ['#'] = M, ['$'] = M, ['&'] = M, ['\''] = M, ['*'] = M,
    ['='] = M, ['?'] = M, ['^'] = M, ['`'] = M, ['{'] = M, ['|'] = M, ['}'] = M, ['~'] = M,
    ['0'] = D, ['1'] = D, ['2'] = D, ['3'] = D, ['4'] = D, ['5'] = D, ['6'] = D, ['7'] = D,
    ['8'] = D, ['9'] = D,
    ['A'] = A, ['B'] = A, ['C'] = A, ['D'] = A, ['E'] = A, ['F'] = A, ['G'] = A, ['H'] = A,
    ['I'] = A, ['J'] = A, ['K'] = A, ['L'] = A, ['M'] = A, ['N'] = A, ['O'] = A, ['P'] = A,
    ['Q'] = A, ['R'] = A, ['S'] = A, ['T'] = A, ['U'] = A, ['V'] = A, ['W'] = A, ['X'] = A,
    ['Y'] = A, ['Z'] = A,
    ['a'] = A, ['b'] = A, ['c'] = A, ['d'] = A, ['e'] = A, ['f'] = A, ['g'] = A, ['h'] = A,
    ['i'] = A, ['j'] = A, ['k'] = A, ['l'] = A, ['m'] = A, ['n'] = A, ['o'] = A, ['p'] = A,
    ['q'] = A, ['r'] = A, ['s'] = A, ['t'] = A, ['u'] = A, ['v'] = A, ['w'] = A, ['x'] = A,
    ['y'] = A, ['z'] = A,
};
#undef D
#undef A
#undef R
#undef M
#undef S

/* 64 bytes as bit masks; plain C where there is no SSE2. */
#if defined(__SSE2__)
typedef struct { __m128i v[4]; } block;
static inline block load(const uint8_t *p) {
  block b;
  for (int i = 0; i < 4; i++) b.v[i] = _mm_loadu_si128((const __m128i *)(p + 16 * i));
  return b;
}
static inline uint64_t bits(__m128i a, __m128i b, __m128i c, __m128i d) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(a) | (uint64_t)(uint32_t)_mm_movemask_epi8(b) << 16 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(c) << 32 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(d) << 48;
}
static inline uint64_t equal(block b, uint8_t c) {
  __m128i k = _mm_set1_epi8((char)c);
  return bits(_mm_cmpeq_epi8(b.v[0], k), _mm_cmpeq_epi8(b.v[1], k), _mm_cmpeq_epi8(b.v[2], k),
              _mm_cmpeq_epi8(b.v[3], k));
}
static inline uint64_t within(block b, uint8_t low, uint8_t high) {
  __m128i base = _mm_set1_epi8((char)(low + 128)), span = _mm_set1_epi8((char)(high - low - 128));
  __m128i m[4];
  for (int i = 0; i < 4; i++)
    m[i] = _mm_cmpgt_epi8(_mm_sub_epi8(b.v[i], base), span);
  return ~bits(m[0], m[1], m[2], m[3]);
}
static inline uint64_t high(block b) { return bits(b.v[0], b.v[1], b.v[2], b.v[3]); }
#else
typedef struct { const uint8_t *p; } block;
static inline block load(const uint8_t *p) { return (block){p}; }
static inline uint64_t equal(block b, uint8_t c) {
  uint64_t m = 0;
  for (int i = 0; i < 64; i++) m |= (uint64_t)(b.p[i] == c) << i;
  return m;
}
static inline uint64_t within(block b, uint8_t low, uint8_t high) {
  uint64_t m = 0;
  for (int i = 0; i < 64; i++) m |= (uint64_t)(b.p[i] >= low && b.p[i] <= high) << i;
  return m;
}
static inline uint64_t high(block b) {
  uint64_t m = 0;
  for (int i = 0; i < 64; i++) m |= (uint64_t)(b.p[i] >> 7) << i;
  return m;
}
#endif

/* The block at `at`; past the end it reads as zero bytes. */
static inline block load_tail(const uint8_t *in, size_t at, size_t n, uint8_t copy[64]) {
  memset(copy, 0, 64);
  memcpy(copy, in + at, n - at);
  return load(copy);
}

size_t cs_count(const uint8_t *in, size_t n, uint8_t b) {
  size_t count = 0, at = 0;
  for (; at + 64 <= n; at += 64) count += (size_t)__builtin_popcountll(equal(load(in + at), b));
  for (; at < n; at++) count += in[at] == b;
  return count;
}

/* Does a number start at `at`? A run of the class that reaches 8, or three groups of four digits. */
static inline int number_at(const uint8_t *in, size_t at, size_t n) {
  size_t end = at;
  while (end < n && end < at + 8 && (cs_class[in[end]] & CS_RUN)) end++;
  if (end == at + 8) return 1;
  if (end != at + 4 || at + 14 > n) return 0;
  for (size_t i = 0; i < 14; i++) {
    if (i == 4 || i == 9) {
      if (in[at + i] != ' ') return 0;
    } else if (!(cs_class[in[at + i]] & CS_DIGIT)) {
      return 0;
    }
  }
  return 1;
}

static inline int is_fullwidth_digit(const uint8_t *p) {
  return p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x90 && p[2] <= 0x99;
}

size_t cs_candidates(const uint8_t *in, size_t from, size_t n, const cs_literals *literals,
                     cs_candidate *out, size_t cap, size_t *next) {
  size_t count = 0, at = from;
  uint8_t copy[64];
  while (at < n) {
    if (count + 64 > cap) break;
    block b = at + 64 <= n ? load(in + at) : load_tail(in, at, n, copy);
    uint64_t valid = at + 64 <= n ? ~0ULL : ~0ULL >> (64 - (n - at));
    /* '(' ')' '+' '-' '.' '/' '0'…'9' are 28 29 2B 2D…39; ',' (2C) and '*' (2A) are not. */
    uint64_t run = (within(b, 0x28, 0x39) & ~equal(b, 0x2A) & ~equal(b, 0x2C)) & valid;
    uint64_t before = at > 0 && (cs_class[in[at - 1]] & CS_RUN) ? 1 : 0;
    uint64_t hits = run & ~(run << 1 | before);
    /* Runs of fewer than four cannot be either shape; most of them end inside the block. */
    uint64_t tail = at + 64 <= n ? 7ULL << 61 : 0;
    hits &= (run >> 1 | tail) & (run >> 2 | tail) & (run >> 3 | tail);
    /* '@', and the '%' of an encoded one. */
    uint64_t ats = (equal(b, '@') | equal(b, '%')) & valid;
    uint64_t wide = high(b) & valid;
    uint64_t marks = hits | ats;
    if (wide) marks |= within(b, 0xE0, 0xEF) & valid;
    while (marks) {
      size_t p = at + (size_t)__builtin_ctzll(marks);
      uint64_t bit = marks & -marks;
      marks &= marks - 1;
      if (bit & hits) {
        if (number_at(in, p, n)) out[count++] = (cs_candidate){(uint32_t)p, CS_NUMBER};
      } else if (bit & ats) {
        if (in[p] == '%' && (p + 2 >= n || in[p + 1] != '4' || in[p + 2] != '0')) continue;
        if (p > 0 && (cs_class[in[p - 1]] & CS_MAILBOX))
          out[count++] = (cs_candidate){(uint32_t)p, CS_AT};
      } else if (p + 3 <= n) {
        const uint8_t *c = in + p;
        if (is_fullwidth_digit(c)) {
          if (p < 3 || !is_fullwidth_digit(c - 3))
            out[count++] = (cs_candidate){(uint32_t)p, CS_FULLWIDTH};
        } else if (literals->bits[(c[0] & 15) * 64 + (c[2] & 63)] >> (c[1] & 63) & 1) {
          out[count++] = (cs_candidate){(uint32_t)p, CS_LITERAL};
        }
      }
    }
    at += 64;
  }
  *next = at < n ? at : n;
  return count;
}
