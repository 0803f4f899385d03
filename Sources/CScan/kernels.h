/* The vector kernels, written once over blocks of 64 bytes.

   Whoever includes this has defined the block operations of one instruction set (load, equal,
   within, high, classify, valid_stretch) and KERNEL(name), which names that set's copy of a
   function. A mask has bit i for byte i of its block. */
#include <string.h>
#include "cscan.h"
#include "variants.h"

/* The block at `at`; past the end it reads as zero bytes. */
static inline block load_at(const uint8_t *in, size_t at, size_t n) {
  if (at + 64 <= n) return load(in + at);
  uint8_t copy[64] = {0};
  memcpy(copy, in + at, n - at);
  return load(copy);
}

size_t KERNEL(count)(const uint8_t *in, size_t n, uint8_t b) {
  size_t count = 0, at = 0;
  for (; at + 64 <= n; at += 64) count += (size_t)__builtin_popcountll(equal(load(in + at), b));
  for (; at < n; at++) count += in[at] == b;
  return count;
}

/* dddd dddd dddd at `p`, whose first four bytes are known to be a run of their own. */
static inline int is_three_groups(const uint8_t *p) {
  if (p[4] != ' ' || p[9] != ' ') return 0;
  for (int i = 0; i < 14; i++)
    if (i != 4 && i != 9 && !(cs_class[p[i]] & CS_DIGIT)) return 0;
  return 1;
}

static inline int is_fullwidth_digit(const uint8_t *p) {
  return p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x90 && p[2] <= 0x99;
}

/* Those of `starts`, runs of four before a blank, that begin dddd dddd dddd. */
static inline uint64_t groups_among(const uint8_t *in, size_t at, size_t n, uint64_t starts) {
  uint64_t hits = 0;
  for (; starts; starts &= starts - 1) {
    size_t p = at + (size_t)__builtin_ctzll(starts);
    if (p + 14 <= n && is_three_groups(in + p)) hits |= starts & -starts;
  }
  return hits;
}

/* Those of `plus` before a digit that country codes begin with, and not behind a word, as in UTC+9. */
static inline uint64_t plus_among(const uint8_t *in, size_t at, size_t n, uint64_t plus) {
  uint64_t hits = 0;
  for (; plus; plus &= plus - 1) {
    size_t p = at + (size_t)__builtin_ctzll(plus);
    if (p + 1 >= n || in[p + 1] < '1' || in[p + 1] > '9') continue;
    if (p == 0 || !(cs_class[in[p - 1]] & CS_ALNUM)) hits |= plus & -plus;
  }
  return hits;
}

/* Those of `marks`, '@' and '%', that stand for an '@' behind the end of a mailbox name. */
static inline uint64_t ats_among(const uint8_t *in, size_t at, size_t n, uint64_t marks) {
  uint64_t hits = 0;
  for (; marks; marks &= marks - 1) {
    size_t p = at + (size_t)__builtin_ctzll(marks);
    if (in[p] == '%' && (p + 2 >= n || in[p + 1] != '4' || in[p + 2] != '0')) continue;
    if (p > 0 && (cs_class[in[p - 1]] & CS_MAILBOX)) hits |= marks & -marks;
  }
  return hits;
}

/* Those of `seps` before which some label may end, by three letters; where more than one byte stands
   between, or letters of other scripts, cs_labelled tells. No branch depends on the text. */
static inline uint64_t triples_among(const uint8_t *in, size_t at, uint64_t seps,
                                     const cs_literals *literals) {
  uint64_t hits = at == 0 ? seps & 15 : 0;
  for (seps ^= hits; seps; seps &= seps - 1) {
    const uint8_t *end = in + at + (size_t)__builtin_ctzll(seps);
    end -= cs_closers[end[-1]] & 1;
    uint32_t n = (end[-3] & 31u) << 10 | (end[-2] & 31u) << 5 | (end[-1] & 31u);
    uint64_t known = literals->triples[n >> 6] >> (n & 63) & 1;
    known |= cs_closers[end[-1]] >> 1 | end[-1] >> 7 | end[-2] >> 7 |
             end[-3] >> 7;
    hits |= (seps & -seps) & -known;
  }
  return hits;
}

/* Where ':' stands behind a blank, or '=' behind one and a quote: `'key' => `, `label : `. Of `=` in
   programs there are too many to look at. */
static inline uint64_t behind_blanks(const uint8_t *in, size_t at, block b) {
  uint64_t blanks = equal(b, ' ') << 1, quotes = (equal(b, '"') | equal(b, '\'')) << 2;
  if (at > 0) {
    uint8_t last = in[at - 1];
    blanks |= last == ' ';
    if (last == '"' || last == '\'') quotes |= 2;
    if (at > 1 && (in[at - 2] == '"' || in[at - 2] == '\'')) quotes |= 1;
  }
  return blanks & (equal(b, ':') | (equal(b, '=') & quotes));
}

/* Those of `leads`, bytes EF, that begin a full-width ':' or '='. */
static inline uint64_t wide_seps_among(const uint8_t *in, size_t at, uint64_t leads) {
  uint64_t hits = 0;
  for (; leads; leads &= leads - 1) {
    const uint8_t *l = in + at + (size_t)__builtin_ctzll(leads);
    if (l[1] == 0xBC && (l[2] == 0x9A || l[2] == 0x9D)) hits |= leads & -leads;
  }
  return hits;
}

/* Those of `digits`, full-width ones, that have none before them. */
static inline uint64_t firsts_among(const uint8_t *in, size_t at, uint64_t digits) {
  uint64_t hits = 0;
  for (; digits; digits &= digits - 1) {
    size_t p = at + (size_t)__builtin_ctzll(digits);
    if (p < 3 || !is_fullwidth_digit(in + p - 3)) hits |= digits & -digits;
  }
  return hits;
}

/* Those of `leads` whose character, three bytes long, is a literal. No branch depends on the text:
   in running Japanese nearly all of them would be mispredicted. */
static inline uint64_t words_among(const uint8_t *in, size_t at, uint64_t leads,
                                   const cs_literals *literals) {
  uint64_t hits = 0;
  for (; leads; leads &= leads - 1) {
    const uint8_t *l = in + at + (size_t)__builtin_ctzll(leads);
    uint64_t known = literals->bits[(l[0] & 15) * 64 + (l[2] & 63)] >> (l[1] & 63) & 1;
    hits |= (leads & -leads) & -known;
  }
  return hits;
}

/* Those of `leads`, bytes EF, that begin a full-width digit. */
static inline uint64_t digits_among(const uint8_t *in, size_t at, uint64_t leads) {
  uint64_t hits = 0;
  for (; leads; leads &= leads - 1)
    if (is_fullwidth_digit(in + at + (size_t)__builtin_ctzll(leads))) hits |= leads & -leads;
  return hits;
}

size_t KERNEL(candidates)(const uint8_t *in, size_t from, size_t n, const cs_literals *literals,
                          cs_candidate *out, size_t cap, size_t *next) {
  size_t count = 0, at = from;
  block b, ahead;
  classes c = {0}, after;
  if (at < n) c = classify(b = load_at(in, at, n));
  uint64_t before = at > 0 && (cs_class[in[at - 1]] & CS_RUN) ? 1 : 0;
  uint64_t wordy = at > 0 && cs_is_wordy(in[at - 1]);
  while (at < n) {
    if (count + 64 > cap) break;
    after = (classes){0};
    if (at + 64 < n) after = classify(ahead = load_at(in, at + 64, n));
    /* Where a run goes on for 2, 4, 8 bytes; `_n` is the same of the next block. */
    uint64_t run = c.run, two = run & (run >> 1 | after.run << 63);
    uint64_t two_n = after.run & after.run >> 1;
    uint64_t four = two & (two >> 2 | two_n << 62), four_n = two_n & two_n >> 2;
    uint64_t starts = four & ~(run << 1 | before);
    /* '+' and a country's code, of whatever length. */
    uint64_t plus = equal(b, '+') & ~(run << 1 | before);
    if (plus) plus = plus_among(in, at, n, plus);
    before = run >> 63;
    uint64_t numbers = (starts & (four >> 4 | four_n << 60)) | plus;
    /* A run of four before a blank; the blank of the last four may be in the next block. */
    uint64_t groups = starts & ~(run >> 4 | after.run << 60) & (equal(b, ' ') >> 4 | ~0ULL << 60);
    if (groups) numbers |= groups_among(in, at, n, groups);
    uint64_t ats = c.marks ? ats_among(in, at, n, c.marks) : 0;
    uint64_t leads = high(b) ? within(b, 0xE0, 0xEF) : 0, words = 0, wide = 0;
    uint64_t seps = c.seps;
    if (seps) seps &= c.wordy << 1 | wordy | behind_blanks(in, at, b);
    wordy = c.wordy >> 63;
    if (seps) seps = triples_among(in, at, seps, literals);
    if (leads) {
      if (n - at < 66) leads &= n - at < 3 ? 0 : ~0ULL >> (66 - (n - at));
      uint64_t fulls = leads & equal(b, 0xEF), wide_seps = wide_seps_among(in, at, fulls);
      wide = digits_among(in, at, fulls);
      words = words_among(in, at, leads & ~(wide | wide_seps), literals);
      wide = firsts_among(in, at, wide);
      seps |= wide_seps;
    }
    if (seps) seps = cs_labelled(in, at, seps, literals);
    uint64_t hits = numbers | ats | words | wide | seps;
    /* The first is written before it is known to be one: in logs a block has one at most, and
       hardly any branch tells beforehand which. */
    size_t end = count + (size_t)__builtin_popcountll(hits);
    do {
      unsigned i = (unsigned)__builtin_ctzll(hits | 1ULL << 63);
      uint32_t kind = CS_AT * (ats >> i & 1) | CS_NUMBER * (numbers >> i & 1) |
                      CS_FULLWIDTH * (wide >> i & 1) | CS_LITERAL * (words >> i & 1) |
                      CS_MARK * (seps >> i & 1);
      out[count++] = (cs_candidate){(uint32_t)(at + i), kind};
      hits &= hits - 1;
    } while (count < end);
    count = end;
    at += 64;
    c = after;
    b = ahead;
  }
  *next = at < n ? at : n;
  return count;
}

/* Where the sequence begins that reaches over `at`; `at` itself when none does. All before is valid
   but for the last sequence, which may go on behind `at`. */
static inline size_t sequence_start(const uint8_t *in, size_t at) {
  for (size_t back = 1; back <= 3 && back <= at; back++) {
    if (in[at - back] >= 0xC0) return at - back;
    if (in[at - back] < 0x80) break;
  }
  return at;
}

size_t KERNEL(utf8_prefix)(const uint8_t *in, size_t n, int stop_at_escape, int *cut) {
  /* valid_stretch looks three bytes back, so the first characters are checked one by one. */
  size_t at = cs_scalar_utf8_prefix(in, 0, n, 3, stop_at_escape, cut);
  if (at < 3 || *cut) return at;
  at = sequence_start(in, valid_stretch(in, at, n, stop_at_escape));
  return cs_scalar_utf8_prefix(in, at, n, n, stop_at_escape, cut);
}
