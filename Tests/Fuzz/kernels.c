/* Fuzzes the kernels: every instruction set has to give what plain C gives, and keep to its bounds.

   clang -g -O1 -fsanitize=fuzzer,address,undefined -ISources/CScan/include Tests/Fuzz/kernels.c \
     Sources/CScan/{scan,label,utf8,value,number,kernels_plain,kernels_sse2,kernels_avx2,kernels_avx512}.c -o fuzz-kernels && ./fuzz-kernels */
#include <stdlib.h>
#include <string.h>
#include "cscan.h"

enum { LIMIT = 1 << 12 };

/* All candidates of `in` from `from` on, by batches of `cap`. */
static size_t candidates(cs_variant variant, const uint8_t *in, size_t from, size_t n,
                         const cs_literals *literals, size_t cap, cs_candidate *out) {
  size_t count = 0, at = from, next;
  cs_candidate *batch = malloc(cap * sizeof *batch);
  while (at < n) {
    size_t got = cs_candidates(variant, in, at, n, literals, batch, cap, &next);
    if (got > cap || next <= at) abort();
    memcpy(out + count, batch, got * sizeof *batch);
    count += got;
    at = next;
  }
  free(batch);
  return count;
}

/* Where there is a candidate, one may be; and text without marks is its own plain form. */
static void values(const uint8_t *in, size_t n, cs_candidate *found) {
  static cs_literals all;
  memset(&all, 0xFF, sizeof all);
  size_t count = candidates(CS_PLAIN, in, 0, n, &all, LIMIT, found), others = 0;
  for (size_t i = 0; i < count; i++) others += found[i].kind != CS_NUMBER;
  if (count > 0 && !cs_may_hold_candidate(in, n, n, 1)) abort();
  if (others > 0 && !cs_may_hold_candidate(in, n, n, 0)) abort();
  uint64_t *marks = malloc((n + 63) / 64 * 8), any = 0;
  cs_fold_marks(in, n, marks);
  for (size_t i = 0; i < (n + 63) / 64; i++) any |= marks[i];
  uint8_t *plain = malloc(n);
  size_t length = cs_fold(in, n, 0, plain);
  if (length > n || (!any && (length != n || memcmp(plain, in, n) != 0))) abort();
  free(marks);
  free(plain);
}

/* The parts of a number end where byte after byte says so. */
static void numbers(const uint8_t *in, size_t n) {
  for (size_t at = 0; at < n; at++) {
    size_t end = n - at > 100 ? at + 100 : n, start = at;
    while (start < end && (in[start] == ')' || (uint8_t)(in[start] - '-') < 3)) start++;
    size_t digits = start, joined = start < end ? start + 1 : end;
    while (digits < end && (cs_class[in[digits]] & CS_DIGIT)) digits++;
    while (joined < end && (cs_class[in[joined]] & CS_JOINED)) joined++;
    cs_number found = cs_look_at_number(in, at, end);
    if (found.start != start - at || found.digits_end != digits - at || found.joined_end != joined - at) abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 8 || size > LIMIT) return 0;
  /* Two bytes say where to begin and how much to take at once, three or all behind may be a literal. */
  size_t n = size - 5, from = data[0] % n, cap = 64 + data[1] % 64;
  static cs_literals literals;
  memset(&literals, 0, sizeof literals);
  cs_add_literal(data + 2, data[0] & 1 ? 3 : 6, &literals);
  /* The first bytes of the text are a label. */
  cs_add_label(data + 5, n < 6 ? n : 6, &literals);
  /* Memory of its own, so that reading over either end is seen. */
  uint8_t *in = malloc(n);
  memcpy(in, data + 5, n);
  static cs_candidate wanted[LIMIT], found[LIMIT];
  size_t count = candidates(CS_PLAIN, in, from, n, &literals, LIMIT, wanted);
  for (cs_variant variant = CS_BEST; variant <= CS_SSE2; variant++) {
    if (!cs_has_variant(variant)) continue;
    if (candidates(variant, in, from, n, &literals, cap, found) != count ||
        memcmp(wanted, found, count * sizeof *found) != 0)
      abort();
    if (cs_count(variant, in, n, data[1]) != cs_count(CS_PLAIN, in, n, data[1])) abort();
    for (int stop = 0; stop < 2; stop++) {
      int cut, plain_cut;
      size_t prefix = cs_utf8_prefix(variant, in, n, stop, &cut);
      if (prefix != cs_utf8_prefix(CS_PLAIN, in, n, stop, &plain_cut) || cut != plain_cut) abort();
    }
  }
  values(in, n, found);
  numbers(in, n);
  free(in);
  return 0;
}
