/* The kernels for x86-64 processors with AVX2; called only where the processor has it. */
#if defined(__x86_64__)
#include <immintrin.h>
#include "cscan.h"
#include "variants.h"

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)

typedef struct { __m256i v[2]; } block;

static inline __m256i load_half(const uint8_t *p) {
  return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

static inline block load(const uint8_t *p) { return (block){{load_half(p), load_half(p + 32)}}; }

static inline uint64_t bits(__m256i low, __m256i high) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

static inline uint64_t equal(block b, uint8_t c) {
  __m256i k = _mm256_set1_epi8((char)c);
  return bits(_mm256_cmpeq_epi8(b.v[0], k), _mm256_cmpeq_epi8(b.v[1], k));
}

static inline uint64_t within(block b, uint8_t low, uint8_t high) {
  __m256i base = _mm256_set1_epi8((char)(low + 128));
  __m256i span = _mm256_set1_epi8((char)(high - low - 128));
  return ~bits(_mm256_cmpgt_epi8(_mm256_sub_epi8(b.v[0], base), span),
               _mm256_cmpgt_epi8(_mm256_sub_epi8(b.v[1], base), span));
}

static inline uint64_t high(block b) { return bits(b.v[0], b.v[1]); }

/* A 16-byte table in both halves. */
#define TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))
#define C(x) ((char)(x))

/* The class of each byte: bit 7 the marks of a run, bit 6 its digits, bit 5 '@', bit 4 '%', bit 3
   ':', '=' and line ends, bit 2 a blank, a tab, quotes, ')' and '.', with some control characters.
   A byte has those bits that both its nibbles allow; one with the high bit has none. */
static inline __m256i nibble_classes(__m256i v) {
  enum { MARK = 0x80, DIGIT = 0x40, AT = 0x20, PERCENT = 0x10, SEP = 8, CLOSER = 4 };
  const __m256i low =
      TABLE(DIGIT | AT | CLOSER, DIGIT, DIGIT | CLOSER, DIGIT, DIGIT, DIGIT | PERCENT, DIGIT,
            DIGIT | CLOSER, C(DIGIT | MARK), C(DIGIT | MARK | CLOSER), SEP, C(MARK), 0,
            C(MARK | SEP), C(MARK | CLOSER), C(MARK));
  const __m256i high = TABLE(SEP | CLOSER, 0, C(MARK | PERCENT | CLOSER), DIGIT | SEP, AT, 0, 0, 0, 0, 0, 0,
                             0, 0, 0, 0, 0);
  __m256i nibble = _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
  return _mm256_and_si256(_mm256_shuffle_epi8(low, v), _mm256_shuffle_epi8(high, nibble));
}

static inline classes classify(block b) {
  /* Each class is moved to the highest bit of its byte, which is what makes a mask; what other bits
     of the neighbour come along does not reach that far. */
  __m256i c0 = nibble_classes(b.v[0]), c1 = nibble_classes(b.v[1]);
  uint64_t seps = bits(_mm256_slli_epi16(c0, 4), _mm256_slli_epi16(c1, 4));
  /* Bytes from '@' on have one of the two highest bits themselves. */
  __m256i w0 = _mm256_or_si256(_mm256_slli_epi16(b.v[0], 1), _mm256_slli_epi16(c0, 5));
  __m256i w1 = _mm256_or_si256(_mm256_slli_epi16(b.v[1], 1), _mm256_slli_epi16(c1, 5));
  uint64_t wordy = bits(_mm256_or_si256(w0, b.v[0]), _mm256_or_si256(w1, b.v[1]));
  uint64_t ats = bits(_mm256_slli_epi16(_mm256_or_si256(c0, _mm256_slli_epi16(c0, 1)), 2),
                      _mm256_slli_epi16(_mm256_or_si256(c1, _mm256_slli_epi16(c1, 1)), 2));
  uint64_t digits = bits(_mm256_slli_epi16(c0, 1), _mm256_slli_epi16(c1, 1));
  return (classes){bits(c0, c1) | digits, digits, ats, seps, wordy};
}

/* The errors that a byte and the one before it can make together (Keiser & Lemire, "Validating
   UTF-8 in less than one instruction per byte", 2021): each has the bit of an error in the three
   tables where its nibbles allow it. */
enum {
  SHORT = 1,       /* a lead, then no continuation */
  STRAY = 2,       /* ASCII, then a continuation */
  LONG3 = 4,       /* E0 80–9F: overlong */
  BIG = 8,         /* F4 90–BF, F5–FF: above 10FFFF */
  SURROGATE = 16,  /* ED A0–BF */
  LONG2 = 32,      /* C0, C1: overlong */
  LONG4 = 64,      /* F0 80–8F: overlong; F5–FF 80–8F */
  PAIR = 128,      /* two continuations: right behind a lead of three or four bytes only */
  ANY = SHORT | STRAY | PAIR,
};

static inline __m256i high_nibble(__m256i v) {
  return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
}

/* Nonzero bytes where the 32 bytes at `p` are not UTF-8; three bytes before them are read. */
static inline __m256i utf8_errors(const uint8_t *p, __m256i v) {
  const __m256i first_high =
      TABLE(STRAY, STRAY, STRAY, STRAY, STRAY, STRAY, STRAY, STRAY, C(PAIR), C(PAIR), C(PAIR),
            C(PAIR), SHORT | LONG2, SHORT, SHORT | LONG3 | SURROGATE, SHORT | BIG | LONG4);
  const __m256i first_low =
      TABLE(C(ANY | LONG3 | LONG2 | LONG4), C(ANY | LONG2), C(ANY), C(ANY), C(ANY | BIG),
            C(ANY | BIG | LONG4), C(ANY | BIG | LONG4), C(ANY | BIG | LONG4),
            C(ANY | BIG | LONG4), C(ANY | BIG | LONG4), C(ANY | BIG | LONG4),
            C(ANY | BIG | LONG4), C(ANY | BIG | LONG4), C(ANY | BIG | LONG4 | SURROGATE),
            C(ANY | BIG | LONG4), C(ANY | BIG | LONG4));
  enum { CONT = STRAY | LONG2 | PAIR };
  const __m256i second_high =
      TABLE(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, C(CONT | LONG3 | LONG4),
            C(CONT | LONG3 | BIG), C(CONT | SURROGATE | BIG), C(CONT | SURROGATE | BIG), SHORT,
            SHORT, SHORT, SHORT);
  __m256i one = load_half(p - 1), two = load_half(p - 2), three = load_half(p - 3);
  __m256i errors = _mm256_and_si256(
      _mm256_and_si256(
          _mm256_shuffle_epi8(first_high, high_nibble(one)),
          _mm256_shuffle_epi8(first_low, _mm256_and_si256(one, _mm256_set1_epi8(15)))),
      _mm256_shuffle_epi8(second_high, high_nibble(v)));
  /* Bit 7 where the byte two before is a lead of three or four bytes, or the one three before a
     lead of four: there, and only there, PAIR is right. */
  __m256i pair = _mm256_or_si256(_mm256_subs_epu8(two, _mm256_set1_epi8(C(0xE0 - 0x80))),
                                 _mm256_subs_epu8(three, _mm256_set1_epi8(C(0xF0 - 0x80))));
  return _mm256_xor_si256(_mm256_and_si256(pair, _mm256_set1_epi8(C(0x80))), errors);
}

/* How far whole blocks are valid from `at` >= 3; a sequence may reach over the end of the last. */
static inline size_t valid_stretch(const uint8_t *in, size_t at, size_t n, int stop_at_escape) {
  const __m256i escape = _mm256_set1_epi8(stop_at_escape ? 0x1B : C(0xFF));
  for (; at + 64 <= n; at += 64) {
    __m256i v = load_half(in + at), w = load_half(in + at + 32);
    __m256i wrong = _mm256_or_si256(_mm256_cmpeq_epi8(v, escape), _mm256_cmpeq_epi8(w, escape));
    /* ASCII behind ASCII needs no more than that. */
    __m256i before = load_half(in + at - 3);
    if (_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(v, w), before)))
      wrong = _mm256_or_si256(
          wrong, _mm256_or_si256(utf8_errors(in + at, v), utf8_errors(in + at + 32, w)));
    if (!_mm256_testz_si256(wrong, wrong)) break;
  }
  return at;
}

#define KERNEL(name) cs_avx2_##name
#include "kernels.h"

#pragma clang attribute pop
#else
typedef int cs_no_avx2;
#endif
