#include <string.h>
#include "cscan.h"
#include "variants.h"

/* Letters of an end: a longer one says no more. */
enum { CS_END_LETTERS = 6 };

/* Letters behind others: of a label that ends in these two kinds the letters alone say nothing. */
#define CS_MIXED (1ULL << 63)

/* Two numbers below 65,536 in one, which hardly any other letters have both. */
static inline uint32_t mix(uint64_t bytes) { return (uint32_t)(bytes * 0x9E3779B97F4A7C15u >> 32); }

static inline void add_bit(uint64_t set[1024], uint32_t bit) { set[bit >> 6] |= 1ULL << (bit & 63); }

static inline void add(uint64_t set[1024], uint32_t mixed) {
  add_bit(set, mixed >> 16);
  add_bit(set, mixed & 0xFFFF);
}

static inline int is_letter(uint8_t b) { return (uint8_t)((b | 0x20) - 'a') < 26; }
static inline int is_digit(uint8_t b) { return (uint8_t)(b - '0') < 10; }
static inline int is_joint(uint8_t b) { return b == '_' || b == '-' || b == '.' || b == ' '; }

/* The last three bytes, which are no ASCII letters at the end. */
static inline uint32_t foreign(const uint8_t *end) {
  return mix((uint64_t)end[-3] | (uint64_t)end[-2] << 8 | (uint64_t)end[-1] << 16 | 1ULL << 56);
}

static inline int is_known(uint32_t end, const cs_literals *literals) {
  return (int)(cs_bit(literals->ends, end >> 16) & cs_bit(literals->ends, end & 0xFFFF));
}

/* 0x80 in each byte that is an ASCII letter. */
static inline uint64_t letters_in(uint64_t word) {
  const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
  uint64_t small = (word | 0x20 * ones) & ~high;
  return (small + (0x80 - 'a') * ones) & ~(small + (0x7F - 'z') * ones) & ~word & high;
}

/* The end of a label: its last six letters, or all when it has fewer, or its last three bytes when they
   are no letters. */
static void add_end(const uint8_t *label, size_t n, uint64_t ends[1024]) {
  if (label[n - 1] >= 0x80) {
    if (n >= 3) add(ends, foreign(label + n));
    return;
  }
  uint64_t letters = 0;
  int count = 0;
  for (; n > 0 && count < CS_END_LETTERS; n--) {
    if (is_letter(label[n - 1])) {
      letters = letters << 8 | (label[n - 1] | 0x20);
      count++;
    } else if (count == 0) {
      return;
    } else if (label[n - 1] >= 0x80) {
      add(ends, mix(letters | CS_MIXED));
      return;
    } else if (!is_joint(label[n - 1])) {
      break;
    }
  }
  if (count >= 2) add(ends, mix(letters));
}

/* The tails of a label: its last letters, up to four, and what of them may stand behind a joint. */
static void add_tails(const uint8_t *label, size_t n, uint64_t tails[1024]) {
  uint32_t letters = 0;
  int count = 0;
  for (; n > 0 && count < 4; n--) {
    if (is_letter(label[n - 1])) {
      letters |= (uint32_t)(label[n - 1] | 0x20) << (24 - 8 * count++);
      if (count < 4) add_bit(tails, cs_tail(letters, 1));
    } else if (count == 0 || !is_joint(label[n - 1])) {
      break;
    }
  }
  if (count >= 2) add_bit(tails, cs_tail(letters, 0));
}

void cs_add_literal(const uint8_t *literal, size_t n, cs_literals *literals) {
  if (n < 3 || literal[0] >> 4 != 0xE) return;
  size_t word = (literal[0] & 15u) * 64 + (literal[2] & 63);
  literals->firsts[word] |= 1ULL << (literal[1] & 63);
  literals->sixths[word] |= n < 6 ? ~0ULL : 1ULL << (literal[5] & 63);
}

void cs_add_label(const uint8_t *label, size_t n, cs_literals *literals) {
  while (n > 0 && is_digit(label[n - 1])) n--;
  if (n == 0) return;
  add_end(label, n, literals->ends);
  add_tails(label, n, literals->tails);
}

/* The same of the word that ends at `p`, letter by letter. */
static int is_labelled_slowly(const uint8_t *in, size_t mark, size_t p, size_t floor,
                              const cs_literals *literals) {
  /* In `Phone Number:` and `Phone Number = ` words belong together, in `size=2 ip=` they do not. */
  int joins = in[mark] != '=' || in[mark - 1] == ' ';
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

/* The same of a label in other letters that ends at `end`, or of a bracket behind one, as in a form's
   (required). */
static inline int ends_foreign(const uint8_t *end, const cs_literals *literals) {
  if (end[-3] == 0xEF && end[-2] == 0xBC && end[-1] == 0x89) return 1;
  if (end[-3] == 0xE3 && end[-2] == 0x80 && (end[-1] == 0x91 || end[-1] == 0x8D)) return 1;
  return is_known(foreign(end), literals);
}

/* How many bytes before a mark are looked at. */
enum { CS_LOOK_BACK = 40 };

/* True when a known label ends before `mark`; quotes, blanks, a full stop and digits may stand between. Six
   letters decide, or fewer where a word begins: at a joint, or at a capital behind a small letter. */
static inline int is_labelled(const uint8_t *in, size_t mark, const cs_literals *literals) {
  if (mark >= 3 && in[mark - 1] >= 0x80) {
    /* A blank alone is a mark behind the scripts that are written without blanks, and none behind 】. */
    if (in[mark] == ' ' && (in[mark - 3] < 0xE3 || (in[mark - 3] == 0xE3 && in[mark - 2] == 0x80)))
      return 0;
    return ends_foreign(in + mark, literals);
  }
  /* Far enough for what may stand between label and mark, and for six letters. */
  size_t floor = mark > CS_LOOK_BACK ? mark - CS_LOOK_BACK : 0, p = mark;
  for (int closers = 0; p > floor && !is_letter(in[p - 1]); p--) {
    uint8_t b = in[p - 1];
    /* Of the blanks and tabs that bring marks into line there are as many as that takes. */
    if (b == ' ' || b == '\t') continue;
    if (b != '"' && b != '\'' && b != '\\' && b != ']' && b != '*' && b != '.') break;
    if (closers++ == 4) break;
  }
  if (p < floor + 2) return 0;
  if (in[p - 1] == ')') return in[p - 2] >= 0x80;
  if (is_digit(in[p - 1])) p--;
  if (p < floor + 2) return 0;
  if (in[p - 1] >= 0x80) return p >= floor + 3 && ends_foreign(in + p, literals);
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
      int is_apart = before == ' ' && in[mark] == '=' && in[mark - 1] != ' ';
      if (before < 0x80 && (!is_joint(before) || is_apart)) return 0;
    }
  }
  return is_labelled_slowly(in, mark, p, floor, literals);
}

/* Bit 0 for what may stand right before a mark and behind its label, bit 1 deeper; bit 2 for
   joints, and for letters, which are joints before a capital; bit 3 for a blank. */
const uint8_t cs_edges[256] = {
    ['"'] = 3, ['\''] = 3, [' '] = 15, ['\t'] = 3, [')'] = 1, [']'] = 3, ['\\'] = 2,
    ['_'] = 4, ['-'] = 4, ['.'] = 7, ['a' ... 'z'] = 4, ['A' ... 'Z'] = 4,
};

/* The longest line that is a label alone: words and their bullets, as Engine.labelLine has it. */
enum { CS_LABEL_LINE = 60 };

/* True when the line that ends at `end` may be a label alone. */
static int is_short_line(const uint8_t *in, size_t end) {
  size_t start = end, floor = end > CS_LABEL_LINE ? end - CS_LABEL_LINE : 0;
  while (start > floor && in[start - 1] != '\n') start--;
  return start == 0 || in[start - 1] == '\n';
}

int cs_is_labelled(const uint8_t *in, size_t mark, const cs_literals *literals) {
  return is_labelled(in, mark, literals) && (in[mark] >= ' ' || is_short_line(in, mark));
}

/* What the first byte says a candidate is. */
const uint8_t cs_kinds[256] = {
    ['@'] = CS_AT, ['%'] = CS_AT, [':'] = CS_MARK, ['='] = CS_MARK, ['\n'] = CS_MARK,
    ['\r'] = CS_MARK, [' '] = CS_MARK, ['('] = CS_NUMBER, [')'] = CS_NUMBER, ['+'] = CS_NUMBER, ['-'] = CS_NUMBER,
    ['.'] = CS_NUMBER, ['/'] = CS_NUMBER, ['0' ... '9'] = CS_NUMBER, [0xE0 ... 0xEF] = CS_LITERAL,
};
