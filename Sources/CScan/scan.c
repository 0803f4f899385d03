/* The byte classes, and the choice of a kernel for the processor at hand. */
#include "cscan.h"
#include "variants.h"

#define D (CS_DIGIT | CS_RUN | CS_ALNUM | CS_MAILBOX | CS_JOINED)
#define N (CS_NAMED | CS_DATED)
#define A (CS_ALNUM | CS_MAILBOX | N)
#define R CS_RUN
#define J (CS_RUN | CS_JOINED)
#define M CS_MAILBOX
#define S CS_SPACE
const uint8_t cs_class[256] = {
    ['\t'] = S, ['\n'] = S, ['\r'] = S, [' '] = S | CS_DATED, [','] = CS_DATED, [0x80 ... 0xFF] = N,
    ['('] = R, [')'] = J, ['+'] = J | M, ['.'] = J | M | N, ['/'] = R, ['-'] = J | M,
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
#undef N
#undef R
#undef J
#undef M
#undef S

#if defined(__x86_64__)
static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt") &&
         __builtin_cpu_supports("popcnt");
}

static int has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vbmi") &&
         __builtin_cpu_supports("avx512vbmi2");
}

int cs_has_variant(cs_variant variant) {
  return variant == CS_AVX512 ? has_avx512() : variant != CS_AVX2 || has_avx2();
}

static cs_variant best(void) { return has_avx512() ? CS_AVX512 : has_avx2() ? CS_AVX2 : CS_SSE2; }

#define CALL(variant, name, ...)                                                      \
  switch ((variant) == CS_BEST ? best() : (variant)) {                                \
    case CS_AVX512: return cs_avx512_##name(__VA_ARGS__);                             \
    case CS_AVX2: return cs_avx2_##name(__VA_ARGS__);                                 \
    case CS_SSE2: return cs_sse2_##name(__VA_ARGS__);                                 \
    default: return cs_plain_##name(__VA_ARGS__);                                     \
  }
#else
int cs_has_variant(cs_variant variant) { return variant == CS_BEST || variant == CS_PLAIN; }

#define CALL(variant, name, ...) \
  (void)(variant);               \
  return cs_plain_##name(__VA_ARGS__);
#endif

size_t cs_count(cs_variant variant, const uint8_t *in, size_t n, uint8_t b) {
  CALL(variant, count, in, n, b)
}

size_t cs_candidates(cs_variant variant, const uint8_t *in, size_t from, size_t n,
                     const cs_literals *literals, cs_candidate *out, size_t cap, size_t *next) {
  CALL(variant, candidates, in, from, n, literals, out, cap, next)
}

size_t cs_utf8_prefix(cs_variant variant, const uint8_t *in, size_t n, int stop_at_escape,
                      int *cut) {
  CALL(variant, utf8_prefix, in, n, stop_at_escape, cut)
}
