/* What is no UTF-8 among 32 bytes, for the kernels that have AVX2; included behind their instruction set. */
#ifndef BREACHSCOPE_CSCAN_UTF8_ERRORS_H
#define BREACHSCOPE_CSCAN_UTF8_ERRORS_H
#include <immintrin.h>
#include <stdint.h>

static inline __m256i load_half(const uint8_t *p) {
  return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* A 16-byte table in both halves. */
#define TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))
#define C(x) ((char)(x))

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

#endif
