/* The search for candidates on x86-64 processors with AVX-512 VBMI2 (Ice Lake, Zen 4 and later); called
   only where the processor has it. What else there is gains nothing over AVX2. */
#if defined(__x86_64__)
#include <immintrin.h>
#include "cscan.h"
#include "variants.h"

#pragma clang attribute push(__attribute__((target(                                                \
    "avx512f,avx512bw,avx512vl,avx512cd,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)

typedef __m512i block;

static inline block load(const uint8_t *p) { return _mm512_loadu_si512(p); }

static inline uint64_t equal(block b, uint8_t c) {
  return _mm512_cmpeq_epi8_mask(b, _mm512_set1_epi8((char)c));
}

static inline uint64_t within(block b, uint8_t low, uint8_t high) {
  __m512i above = _mm512_sub_epi8(b, _mm512_set1_epi8((char)low));
  return _mm512_cmple_epu8_mask(above, _mm512_set1_epi8((char)(high - low)));
}

static inline uint64_t high(block b) { return _mm512_movepi8_mask(b); }

/* The classes of the bytes of ASCII, a bit each. */
enum { RUN = 1, AT = 2, SEP = 4, WORDY = 8 };
static const uint8_t ascii[128] __attribute__((aligned(64))) = {
    ['\t'] = WORDY, ['\n'] = SEP, ['\r'] = SEP, [' '] = WORDY, ['"'] = WORDY, ['%'] = AT,
    ['\''] = WORDY, ['('] = RUN, [')'] = RUN | WORDY, ['+'] = RUN, ['-'] = RUN, ['.'] = RUN | WORDY,
    ['/'] = RUN, ['0' ... '9'] = RUN, [':'] = SEP, ['='] = SEP, ['@'] = AT | WORDY,
    ['A' ... 0x7F] = WORDY,
};

static inline classes classify(block b) {
  /* The index has seven bits: what a byte with the high bit gets does not count. */
  __m512i of = _mm512_permutex2var_epi8(_mm512_load_si512(ascii), b, _mm512_load_si512(ascii + 64));
  uint64_t others = high(b);
  return (classes){_mm512_test_epi8_mask(of, _mm512_set1_epi8(RUN)) & ~others,
                   _mm512_test_epi8_mask(of, _mm512_set1_epi8(AT)) & ~others,
                   _mm512_test_epi8_mask(of, _mm512_set1_epi8(SEP)) & ~others,
                   _mm512_test_epi8_mask(of, _mm512_set1_epi8(WORDY)) | others};
}

static const uint8_t iota[64] __attribute__((aligned(64))) = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
};

/* Eight a step, without a branch for most blocks. What is to be the kind is 0, as settle_16 needs it. */
static inline size_t put(uint64_t hits, size_t at, cs_candidate *out) {
  __m512i places = _mm512_maskz_compress_epi8(hits, _mm512_load_si512(iota));
  size_t count = (size_t)__builtin_popcountll(hits);
  __m512i base = _mm512_set1_epi64((long long)at);
  __m128i few = _mm512_castsi512_si128(places);
  _mm512_storeu_si512(out, _mm512_add_epi64(base, _mm512_cvtepu8_epi64(few)));
  if (count > 8)
    _mm512_storeu_si512(out + 8, _mm512_add_epi64(base, _mm512_cvtepu8_epi64(_mm_srli_si128(few, 8))));
  for (size_t i = 16; i < count; i += 8) {
    uint8_t rest[64];
    _mm512_storeu_si512(rest, places);
    for (size_t k = i; k < i + 8; k++) out[k] = (cs_candidate){(uint32_t)(at + rest[k]), 0};
  }
  return count;
}
#define OWN_PUT

/* The first 128 entries of a table of bytes, and what they are of the bytes in 16 lanes: nothing for
   those with the high bit. */
typedef struct { __m512i low, high; } table;
static inline table table_of(const uint8_t *of) {
  return (table){_mm512_loadu_si512(of), _mm512_loadu_si512(of + 64)};
}
static inline __m512i entries(table of, __m512i bytes) {
  __mmask16 is_ascii = _mm512_testn_epi32_mask(bytes, _mm512_set1_epi32(0x80));
  return _mm512_maskz_mov_epi32(is_ascii, _mm512_permutex2var_epi8(of.low, bytes, of.high));
}

static inline __m512i each(uint32_t value) { return _mm512_set1_epi32((int)value); }

/* may_end_label, which see, of 16 marks: `last` has the four bytes before each, `first` those before. */
static inline __mmask16 may_end_labels(__m512i last, __m512i first, __m512i mark, table edges,
                                       const cs_literals *literals) {
  const __m512i one = each(1), byte = each(0xFF);
  __m512i edge = entries(edges, _mm512_srli_epi32(last, 24));
  __m512i skip = _mm512_slli_epi32(_mm512_and_si512(edge, one), 3);
  __m512i second = _mm512_srlv_epi32(last, _mm512_sub_epi32(each(24), skip));
  second = entries(edges, _mm512_and_si512(second, byte));
  skip = _mm512_add_epi32(skip, _mm512_slli_epi32(_mm512_and_si512(second, each(2)), 2));
  __m512i w = _mm512_or_si512(_mm512_sllv_epi32(last, skip),
                              _mm512_srlv_epi32(first, _mm512_sub_epi32(each(32), skip)));
  __m512i lower = _mm512_or_si512(w, each(0x20202020u));
  __m512i small = _mm512_and_si512(lower, each(0x7F7F7F7Fu));
  __m512i not_letters = _mm512_or_si512(
      _mm512_andnot_si512(_mm512_add_epi32(small, each(0x1F1F1F1Fu)), each(0x80808080u)),
      _mm512_and_si512(_mm512_or_si512(_mm512_add_epi32(small, each(0x05050505u)), w),
                       each(0x80808080u)));
  __m512i letters = _mm512_xor_si512(not_letters, each(0x80808080u)), cases = _mm512_slli_epi32(w, 2);
  __m512i capitals = _mm512_srli_epi32(_mm512_andnot_si512(cases, letters), 8);
  __m512i others = _mm512_or_si512(
      not_letters, _mm512_and_si512(_mm512_and_si512(letters, cases), capitals));
  __m512i cut = _mm512_sub_epi32(each(32), _mm512_lzcnt_epi32(others));
  __m512i tail = _mm512_sllv_epi32(_mm512_srlv_epi32(lower, cut), cut);
  __m512i before = _mm512_and_si512(_mm512_srlv_epi32(w, _mm512_sub_epi32(cut, each(8))), byte);
  __mmask16 is_apart = _mm512_cmpeq_epi32_mask(
      _mm512_xor_si512(mark, _mm512_and_si512(edge, each(8))), each('='));
  __mmask16 is_single = _mm512_testn_epi32_mask(tail, each(0xFF0000));
  __mmask16 is_joined = _mm512_test_epi32_mask(entries(edges, before), each(4)) &
                        ~(_mm512_cmpeq_epi32_mask(before, each(' ')) & (is_apart | is_single));
  __m512i bit = _mm512_mask_xor_epi32(tail, is_joined, tail, each(0x20));
  bit = _mm512_srli_epi32(_mm512_mullo_epi32(bit, each(0x9E3779B1u)), 16);
  __m512i word = _mm512_i32gather_epi32(_mm512_srli_epi32(bit, 5), literals->tails, 4);
  word = _mm512_srlv_epi32(word, _mm512_and_si512(bit, each(31)));
  __mmask16 is_known = _mm512_test_epi32_mask(word, one) & _mm512_test_epi32_mask(tail, tail);
  return is_known | _mm512_test_epi32_mask(entries(edges, _mm512_srli_epi32(w, 24)), each(2)) |
         _mm512_test_epi32_mask(w, each(0x80808080u));
}

/* Sixteen candidates a step, none of them in the first bytes of the text; how many are left. */
static inline size_t settle_16(const uint8_t *in, const cs_candidate *from, cs_candidate *out,
                               table edges, table kinds, const cs_literals *literals) {
  __m512i low = _mm512_loadu_si512(from), high = _mm512_loadu_si512(from + 8);
  __m512i at = _mm512_permutex2var_epi32(
      low, _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), high);
  /* The candidate's byte is the highest of the four, so that nothing behind it is read. */
  __m512i last = _mm512_i32gather_epi32(at, in - 3, 1), first = _mm512_i32gather_epi32(at, in - 7, 1);
  __m512i byte = _mm512_srli_epi32(last, 24), kind = entries(kinds, byte);
  last = _mm512_or_si512(_mm512_slli_epi32(last, 8), _mm512_srli_epi32(first, 24));
  __mmask16 marks = _mm512_cmpeq_epi32_mask(kind, each(CS_MARK)), left = ~marks;
  __mmask16 foreign = _mm512_test_epi32_mask(byte, each(0x80)), may = 0;
  if (marks)
    may = marks & may_end_labels(last, _mm512_slli_epi32(first, 8), byte, edges, literals);
  for (; may; may &= may - 1) {
    unsigned i = (unsigned)__builtin_ctz(may);
    left |= (__mmask16)(cs_is_labelled(in, from[i].position, literals) << i);
  }
  uint32_t wide[16];
  _mm512_storeu_si512(wide, kind);
  for (; foreign; foreign &= foreign - 1) {
    unsigned i = (unsigned)__builtin_ctz(foreign);
    size_t p = from[i].position;
    wide[i] = kind_at(in + p);
    if (wide[i] == CS_MARK && !(may_end_label(in + p, in[p], literals) && cs_is_labelled(in, p, literals)))
      left &= (__mmask16)~(1u << i);
  }
  kind = _mm512_loadu_si512(wide);
  /* Low and high halves as they were, each with its kind. */
  low = _mm512_or_si512(low, _mm512_slli_epi64(_mm512_cvtepu32_epi64(_mm512_castsi512_si256(kind)), 32));
  high = _mm512_or_si512(
      high, _mm512_slli_epi64(_mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64(kind, 1)), 32));
  _mm512_storeu_si512(out, _mm512_maskz_compress_epi64((__mmask8)left, low));
  size_t count = (size_t)__builtin_popcount(left & 0xFF);
  _mm512_storeu_si512(out + count, _mm512_maskz_compress_epi64((__mmask8)(left >> 8), high));
  return count + (size_t)__builtin_popcount(left >> 8);
}
#define OWN_SETTLE

#define CANDIDATES_ONLY
#define KERNEL(name) cs_avx512_##name
#include "kernels.h"

#pragma clang attribute pop
#else
typedef int cs_no_avx512;
#endif
