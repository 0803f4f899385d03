#include <string.h>
#include "cscan.h"
#include "variants.h"

/* Letters of an end: a longer one says no more. */
enum { CS_END_LETTERS = 6 };

/* Letters behind others: of a label that ends in these two kinds the letters alone say nothing. */
#define CS_MIXED (1ULL << 63)

/* A number below 65,536 that most ends have for themselves. */
static inline uint32_t mix(uint64_t bytes) { return (uint32_t)(bytes * 0x9E3779B97F4A7C15u >> 48); }

static inline int is_letter(uint8_t b) { return (uint8_t)((b | 0x20) - 'a') < 26; }
static inline int is_digit(uint8_t b) { return (uint8_t)(b - '0') < 10; }
static inline int is_joint(uint8_t b) { return b == '_' || b == '-' || b == '.' || b == ' '; }

/* The last three bytes, which are no ASCII letters at the end. */
static inline uint32_t foreign(const uint8_t *end) {
  return mix((uint64_t)end[-3] | (uint64_t)end[-2] << 8 | (uint64_t)end[-1] << 16 | 1ULL << 56);
}

static inline int is_known(uint32_t end, const cs_literals *literals) {
  return literals->ends[end >> 6] >> (end & 63) & 1;
}

/* 0x80 in each byte that is an ASCII letter. */
static inline uint64_t letters_in(uint64_t word) {
  const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
  uint64_t small = (word | 0x20 * ones) & ~high;
  return (small + (0x80 - 'a') * ones) & ~(small + (0x7F - 'z') * ones) & ~word & high;
}

int32_t cs_label_end(const uint8_t *label, size_t n) {
  while (n > 0 && is_digit(label[n - 1])) n--;
  if (n == 0) return -1;
  if (label[n - 1] >= 0x80) return n >= 3 ? (int32_t)foreign(label + n) : -1;
  uint64_t letters = 0;
  int count = 0;
  for (; n > 0 && count < CS_END_LETTERS; n--) {
    if (is_letter(label[n - 1])) {
      letters = letters << 8 | (label[n - 1] | 0x20);
      count++;
    } else if (count == 0) {
      return -1;
    } else if (label[n - 1] >= 0x80) {
      return (int32_t)mix(letters | CS_MIXED);
    } else if (!is_joint(label[n - 1])) {
      break;
    }
  }
  return count >= 2 ? (int32_t)mix(letters) : -1;
}

/* The same of the word that ends at `p`, letter by letter. */
static int is_labelled_slowly(const uint8_t *in, size_t mark, size_t p, size_t floor,
                              const cs_literals *literals) {
  /* In `Phone Number:` words belong together, in `size=2 ip=` they do not. */
  int joins = in[mark] != '=';
  uint64_t letters = 0;
  int count = 0;
  for (; p > floor; p--) {
    uint8_t b = in[p - 1];
    if (is_letter(b)) {
      letters = letters << 8 | (b | 0x20);
      if (++count == CS_END_LETTERS) return is_known(mix(letters), literals);
      int begins = b < 'a' && p - 1 > floor && in[p - 2] >= 'a' && is_letter(in[p - 2]);
      if (begins && count >= 2 && is_known(mix(letters), literals)) return 1;
    } else if (count == 0) {
      return 0;
    } else {
      if (count >= 2 && is_known(mix(letters), literals)) return 1;
      if (b >= 0x80) return is_known(mix(letters | CS_MIXED), literals);
      if (!is_joint(b) || (b == ' ' && !joins)) return 0;
    }
  }
  return count >= 2 && is_known(mix(letters), literals);
}

/* True when a known label ends before `mark`; quotes, blanks and digits may stand between. Six
   letters decide, or fewer where a word begins: at a joint, or at a capital behind a small letter. */
static inline int is_labelled(const uint8_t *in, size_t mark, const cs_literals *literals) {
  /* Far enough for what may stand between label and mark, and for six letters. */
  size_t floor = mark > 24 ? mark - 24 : 0, p = mark;
  for (int i = 0; i < 4 && p > floor && !is_letter(in[p - 1]); i++, p--) {
    uint8_t b = in[p - 1];
    if (b != ' ' && b != '"' && b != '\'' && b != '\\' && b != ']' && b != '*' && b != '\t') break;
  }
  if (p < floor + 2) return 0;
  if (in[p - 1] == ')') return in[p - 2] >= 0x80;
  if (is_digit(in[p - 1])) p--;
  if (p < floor + 2) return 0;
  if (in[p - 1] >= 0x80) {
    if (p < floor + 3) return 0;
    /* A bracket behind the label, as in a form's (required). */
    if (in[p - 3] == 0xEF && in[p - 2] == 0xBC && in[p - 1] == 0x89) return 1;
    if (in[p - 3] == 0xE3 && in[p - 2] == 0x80 && (in[p - 1] == 0x91 || in[p - 1] == 0x8D)) return 1;
    return is_known(foreign(in + p), literals);
  }
  if (p >= floor + 8) {
    /* Mostly the word is small letters, and some other byte before them. */
    uint64_t word;
    memcpy(&word, in + p - 8, 8);
    uint64_t others = ~letters_in(word) & 0x8080808080808080u;
    int run = others ? __builtin_clzll(others) / 8 : 8;
    if (run > CS_END_LETTERS) run = CS_END_LETTERS;
    if (run == 0) return 0;
    uint64_t tail = word >> 8 * (8 - run), cases = 0x2020202020202020u >> 8 * (8 - run);
    if (run > 1 && is_known(mix(tail | cases), literals)) return 1;
    if ((tail & cases) == cases) {
      if (run == CS_END_LETTERS) return 0;
      uint8_t before = in[p - 1 - run];
      if (before < 0x80 && (!is_joint(before) || (before == ' ' && in[mark] == '='))) return 0;
    }
  }
  return is_labelled_slowly(in, mark, p, floor, literals);
}

/* Bit 0 for what may stand right before a mark and behind its label, bit 1 before that. */
const uint8_t cs_closers[256] = {['"'] = 3, ['\''] = 3, [' '] = 1, [')'] = 1, [']'] = 3, ['\\'] = 2};

uint64_t cs_labelled(const uint8_t *in, size_t at, uint64_t seps, const cs_literals *literals) {
  uint64_t hits = 0;
  for (; seps; seps &= seps - 1)
    if (is_labelled(in, at + (size_t)__builtin_ctzll(seps), literals)) hits |= seps & -seps;
  return hits;
}
