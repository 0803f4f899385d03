/* The search and the count on x86-64 processors with AVX-512 VBMI2 (Ice Lake, Zen 4 and later); called
   only where the processor has it. The check of UTF-8 gains nothing over AVX2. */
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

/* The classes of the bytes of ASCII, a bit each; those above have what the last one has. */
enum { RUN = 1, DIGIT = 2, AT = 4, SEP = 8, WORDY = 16 };
static const uint8_t ascii[128] __attribute__((aligned(64))) = {
    ['\t'] = WORDY, ['\n'] = SEP, ['\r'] = SEP, [' '] = WORDY, ['"'] = WORDY, ['%'] = AT,
    ['\''] = WORDY, ['('] = RUN, [')'] = RUN | WORDY, ['+'] = RUN, ['-'] = RUN, ['.'] = RUN | WORDY,
    ['/'] = RUN, ['0' ... '9'] = RUN | DIGIT, [':'] = SEP, ['='] = SEP, ['@'] = AT | WORDY,
    ['A' ... 0x7F] = WORDY,
};

static inline classes classify(block b) {
  __m512i low = _mm512_load_si512(ascii), high = _mm512_load_si512(ascii + 64);
  __m512i of = _mm512_permutex2var_epi8(low, _mm512_min_epu8(b, _mm512_set1_epi8(0x7F)), high);
  return (classes){_mm512_test_epi8_mask(of, _mm512_set1_epi8(RUN)),
                   _mm512_test_epi8_mask(of, _mm512_set1_epi8(DIGIT)),
                   _mm512_test_epi8_mask(of, _mm512_set1_epi8(AT)),
                   _mm512_test_epi8_mask(of, _mm512_set1_epi8(SEP)),
                   _mm512_test_epi8_mask(of, _mm512_set1_epi8(WORDY))};
}

static const uint8_t iota[64] __attribute__((aligned(64))) = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
};

/* Eight a step, without a branch for most blocks. What is to be the kind is 0, as settle needs it. */
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

static inline __m512i each(uint32_t value) { return _mm512_set1_epi32((int)value); }

/* Those of 16 words and bytes that a set of literals' bytes has. */
static inline __mmask16 among(const uint64_t set[1024], __m512i word, __m512i byte) {
  const __m512i bits = each(31);
  __m512i half = _mm512_add_epi32(word, _mm512_and_si512(_mm512_srli_epi32(byte, 5), each(1)));
  __m512i known = _mm512_i32gather_epi32(half, set, 4);
  return _mm512_test_epi32_mask(_mm512_srlv_epi32(known, _mm512_and_si512(byte, bits)), each(1));
}

/* words_among, sixteen characters a step; the block and the one behind it are in the registers. */
static inline uint64_t words_in(block b, block ahead, uint64_t leads, const cs_literals *literals) {
  __m512i places = _mm512_maskz_compress_epi8(leads, _mm512_load_si512(iota));
  __m512i second = _mm512_permutex2var_epi8(b, _mm512_add_epi8(places, _mm512_set1_epi8(1)), ahead);
  __m512i third = _mm512_permutex2var_epi8(b, _mm512_add_epi8(places, _mm512_set1_epi8(2)), ahead);
  __m512i sixth = _mm512_permutex2var_epi8(b, _mm512_add_epi8(places, _mm512_set1_epi8(5)), ahead);
  __m512i first = _mm512_permutexvar_epi8(places, b);
  uint64_t known = 0;
  for (int i = 0, count = __builtin_popcountll(leads); i < count; i += 16) {
    /* In halves of a word: two for each of 16 first bytes and 64 third ones. */
    __m512i high = _mm512_slli_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(first)), 7);
    __m512i low = _mm512_slli_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(third)), 1);
    __m512i word = _mm512_or_si512(_mm512_and_si512(high, each(15 << 7)), _mm512_and_si512(low, each(63 << 1)));
    __mmask16 is_known = among(literals->firsts, word, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(second))) &
                         among(literals->sixths, word, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(sixth)));
    known |= (uint64_t)is_known << i;
    first = _mm512_shuffle_i32x4(first, first, 0x39);
    second = _mm512_shuffle_i32x4(second, second, 0x39);
    third = _mm512_shuffle_i32x4(third, third, 0x39);
    sixth = _mm512_shuffle_i32x4(sixth, sixth, 0x39);
  }
  return _pdep_u64(known, leads);
}

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

/* What cs_class has of each byte. */
static inline __m512i classes_of(__m512i bytes, table class) {
  __m512i foreign = each(cs_class[0x80] * 0x01010101u);
  return _mm512_mask_mov_epi8(_mm512_permutex2var_epi8(class.low, bytes, class.high), _mm512_movepi8_mask(bytes),
                              foreign);
}

/* Those of 16 places where a number may begin by the three bytes before and the eight from there on. */
static inline __mmask16 may_be_numbers(const uint8_t *in, __m512i at, __mmask16 live, table class) {
  __m512i before = _mm512_mask_i32gather_epi32(each(0), live, at, in - 3, 1);
  __m512i low = _mm512_mask_i32gather_epi32(each(0), live, at, in, 1);
  __m512i high = _mm512_mask_i32gather_epi32(each(0), live, at, in + 4, 1);
  /* Up to four digits, and the four bytes behind them, or of more digits the four behind the fifth. */
  __mmask64 others_of = _mm512_cmpgt_epu8_mask(_mm512_sub_epi8(low, each(0x30303030u)), each(0x09090909u));
  __m512i others = _mm512_movm_epi8(others_of);
  __m512i first = _mm512_and_si512(others, _mm512_sub_epi32(each(0), others));
  __m512i shift = _mm512_sub_epi32(each(31), _mm512_lzcnt_epi32(first));
  __mmask16 is_long = _mm512_testn_epi32_mask(others, others);
  __mmask16 is_fifth = is_long & _mm512_cmple_epu32_mask(
      _mm512_sub_epi32(_mm512_and_si512(high, each(0xFF)), each('0')), each(9));
  __m512i behind = _mm512_mask_mov_epi32(_mm512_shrdv_epi32(low, high, shift), is_long, high);
  behind = _mm512_mask_srli_epi32(behind, is_fifth, behind, 8);
  __m512i class_before = classes_of(before, class), class_behind = classes_of(behind, class);
  const uint32_t blank = ' ';
  __mmask16 is_group = _mm512_cmpeq_epi32_mask(_mm512_and_si512(behind, each(0xFF)), each(blank)) &
                       _mm512_test_epi32_mask(class_behind, each(CS_DIGIT << 8));
  const uint32_t dated = CS_DATED | CS_DATED << 8, named = CS_NAMED | CS_NAMED << 8;
  __mmask16 is_day = ~is_long & _mm512_cmple_epu32_mask(shift, each(16)) &
                     _mm512_cmpeq_epi32_mask(_mm512_and_si512(class_behind, each(dated)), each(dated));
  __mmask16 is_year = _mm512_cmpeq_epi32_mask(_mm512_and_si512(behind, each(0xFF00)), each(blank << 8)) &
                      _mm512_test_epi32_mask(class_behind, each(CS_DIGIT << 16));
  is_day &= _mm512_test_epi32_mask(class_behind, each(CS_DATED << 16)) | is_year;
  __mmask16 is_named = _mm512_cmpeq_epi32_mask(_mm512_and_si512(before, each(0xFF0000)), each(blank << 16)) &
                       _mm512_cmpeq_epi32_mask(_mm512_and_si512(class_before, each(named)), each(named));
  __mmask16 is_plus = _mm512_cmpeq_epi32_mask(_mm512_and_si512(low, each(0xFF)), each('+')) &
                      _mm512_test_epi32_mask(class_behind, each(CS_DIGIT << 8)) &
                      _mm512_cmpneq_epi32_mask(_mm512_and_si512(low, each(0xFF00)), each('0' << 8)) &
                      _mm512_testn_epi32_mask(class_before, each(CS_ALNUM << 16));
  return (is_group & (is_long & ~is_fifth)) | (is_named & (is_group | is_day)) | is_plus;
}

/* Entries that two registers hold, the lower halves of which are positions. */
static inline __m512i positions_of(__m512i low, __m512i high) {
  const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  return _mm512_permutex2var_epi32(low, even, high);
}

/* Writes those of the entries that are `left`; how many. */
static inline size_t keep(__mmask16 left, __m512i low, __m512i high, cs_candidate *out) {
  unsigned some = (unsigned)__builtin_popcount(left & 0xFF), more = (unsigned)__builtin_popcount(left >> 8);
  _mm512_mask_storeu_epi64(out, (__mmask8)((1u << some) - 1), _mm512_maskz_compress_epi64((__mmask8)left, low));
  _mm512_mask_storeu_epi64(out + some, (__mmask8)((1u << more) - 1),
                           _mm512_maskz_compress_epi64((__mmask8)(left >> 8), high));
  return some + more;
}

/* The first `count` of 16. */
static inline __mmask16 first_of_16(size_t count) { return (__mmask16)(count < 16 ? (1u << count) - 1 : 0xFFFF); }

/* Merges with the `count` candidates those of `some`, in order, that are numbers; how many there are then. */
static size_t merge_numbers(const uint8_t *in, size_t n, cs_candidate *some, size_t more, cs_candidate *out,
                            size_t count) {
  table class = table_of(cs_class);
  uint32_t last = n < 8 ? 0 : (uint32_t)(n - 8);
  size_t likely = 0, numbers = 0;
  for (size_t i = 0; i < more; i += 16) {
    __mmask16 live = first_of_16(more - i);
    __m512i low = _mm512_maskz_loadu_epi64((__mmask8)live, some + i);
    __m512i high = _mm512_maskz_loadu_epi64((__mmask8)(live >> 8), some + i + 8), at = positions_of(low, high);
    /* Those too near to an end have no eleven bytes. */
    __mmask16 far = live & _mm512_cmpge_epu32_mask(at, each(3)) & _mm512_cmple_epu32_mask(at, each(last));
    likely += keep((live & ~far) | (far & may_be_numbers(in, at, far, class)), low, high, some + likely);
  }
  for (size_t i = 0; i < likely; i++) {
    size_t p = some[i].position;
    some[numbers] = some[i];
    numbers += (size_t)(in[p] == '+' ? cs_is_plus(in, p, n)
                                     : cs_is_three_groups(in, p, n) || cs_is_behind_word(in, p, n));
  }
  for (size_t from = count, to = count + numbers, left = numbers; left > 0;) {
    int is_behind = from > 0 && out[from - 1].position > some[left - 1].position;
    out[--to] = is_behind ? out[--from] : some[--left];
  }
  return count + numbers;
}

/* Candidates that are settled together, none of them in the first bytes of the text. */
enum { CHUNK = 1024, FIRST = 8 };

/* cs_settle_each of a chunk. What the bytes around say is found of sixteen a step, without a branch; only then
   are those looked at of which they say too little, which no branch foretells. */
static size_t settle_chunk(const uint8_t *in, size_t n, cs_candidate *from, size_t count, cs_candidate *out,
                           const cs_literals *literals) {
  table edges = table_of(cs_edges), kinds = table_of(cs_kinds);
  const __m256i lanes = _mm256_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  uint16_t unclear[CHUNK + 16];
  __mmask16 left[CHUNK / 16];
  size_t unclears = 0, settled = 0;
  for (size_t i = 0; i < count; i += 16) {
    __mmask16 live = first_of_16(count - i);
    __m512i low = _mm512_maskz_loadu_epi64((__mmask8)live, from + i);
    __m512i high = _mm512_maskz_loadu_epi64((__mmask8)(live >> 8), from + i + 8);
    __m512i at = positions_of(low, high);
    /* The candidate's byte is the highest of the four, so that nothing behind it is read. */
    __m512i last = _mm512_mask_i32gather_epi32(each(0), live, at, in - 3, 1);
    __m512i first = _mm512_mask_i32gather_epi32(each(0), live, at, in - 7, 1);
    __m512i byte = _mm512_srli_epi32(last, 24), kind = entries(kinds, byte);
    last = _mm512_or_si512(_mm512_slli_epi32(last, 8), _mm512_srli_epi32(first, 24));
    __mmask16 marks = _mm512_cmpeq_epi32_mask(kind, each(CS_MARK));
    __mmask16 foreign = _mm512_test_epi32_mask(byte, each(0x80));
    __mmask16 may = marks & may_end_labels(last, _mm512_slli_epi32(first, 8), byte, edges, literals);
    __mmask16 ats = _mm512_cmpeq_epi32_mask(kind, each(CS_AT));
    left[i / 16] = live & ~(marks | ats);
    may |= ats;
    __m256i place = _mm256_add_epi16(_mm256_set1_epi16((short)i), lanes);
    _mm256_storeu_si256((__m256i *)(unclear + unclears), _mm256_maskz_compress_epi16(may | foreign, place));
    unclears += (size_t)__builtin_popcount(may | foreign);
    /* Low and high halves as they were, each with its kind. */
    low = _mm512_or_si512(low, _mm512_slli_epi64(_mm512_cvtepu32_epi64(_mm512_castsi512_si256(kind)), 32));
    high = _mm512_or_si512(
        high, _mm512_slli_epi64(_mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64(kind, 1)), 32));
    _mm512_mask_storeu_epi64(from + i, (__mmask8)live, low);
    _mm512_mask_storeu_epi64(from + i + 8, (__mmask8)(live >> 8), high);
  }
  for (size_t k = 0; k < unclears; k++) {
    size_t i = unclear[k];
    uint32_t at = from[i].position, kind = from[i].kind, is_left;
    int is_foreign = in[at] >= 0x80;
    if (is_foreign) from[i].kind = kind = kind_at(in + at);
    if (kind == CS_MARK)
      is_left = (!is_foreign || may_end_label(in + at, in[at], literals)) && cs_is_labelled(in, at, literals);
    else
      is_left = kind != CS_AT || cs_is_at(in, at, n);
    left[i / 16] = (__mmask16)((left[i / 16] & ~(1u << i % 16)) | is_left << i % 16);
  }
  for (size_t i = 0; i < count; i += 16) {
    /* Both are read before either is written: the places may be the same. */
    __m512i low = _mm512_maskz_loadu_epi64((__mmask8)left[i / 16], from + i);
    __m512i high = _mm512_maskz_loadu_epi64((__mmask8)(left[i / 16] >> 8), from + i + 8);
    settled += keep(left[i / 16], low, high, out + settled);
  }
  return settled;
}

/* cs_settle_each, chunk by chunk. */
static size_t settle(const uint8_t *in, size_t n, cs_candidate *out, size_t count,
                     const cs_literals *literals) {
  size_t near = 0, left = 0;
  for (; near < count && out[near].position < FIRST; near++)
    if (cs_settle_each(in, out + near, 1, out + left, literals))
      left += out[left].kind != CS_AT || cs_is_at(in, out[left].position, n);
  for (size_t i = near; i < count; i += CHUNK)
    left += settle_chunk(in, n, out + i, count - i < CHUNK ? count - i : CHUNK, out + left, literals);
  return left;
}

#define IN_BULK
#define KERNEL(name) cs_avx512_##name
#include "kernels.h"

#pragma clang attribute pop
#else
typedef int cs_no_avx512;
#endif
