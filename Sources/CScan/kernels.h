/* The vector kernels, written once over blocks of 64 bytes.

   Whoever includes this has defined the block operations of one instruction set (load, equal,
   within, high, classify, valid_stretch) and KERNEL(name), which names that set's copy of a
   function. IN_BULK says that what is seldom in a block is looked at sixteen a step: put, words_in,
   merge_numbers and settle are defined, too, and valid_stretch is not. A mask has bit i for byte i of its
   block. */
#include <string.h>
#include "cscan.h"
#include "spaced.h"
#include "variants.h"

/* The block at `at`; past the end it reads as zero bytes. */
static inline block load_at(const uint8_t *in, size_t at, size_t n) {
  if (at + 64 <= n) return load(in + at);
  uint8_t copy[64] = {0};
  memcpy(copy, in + at, n - at);
  return load(copy);
}

static inline int is_fullwidth_digit(const uint8_t *p) {
  return p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x90 && p[2] <= 0x99;
}

#ifdef IN_BULK
/* So many numbers of which the masks say too little are looked at together. */
enum { CS_DOUBTFUL = 1024 };
#else
/* Those of `starts`, runs of four before a blank, that begin dddd dddd dddd. */
static inline uint64_t groups_among(const uint8_t *in, size_t at, size_t n, uint64_t starts) {
  uint64_t hits = 0;
  for (; starts; starts &= starts - 1)
    if (cs_is_three_groups(in, at + (size_t)__builtin_ctzll(starts), n)) hits |= starts & -starts;
  return hits;
}

/* Those of `starts`, digits behind a blank behind a word, that begin a number in groups or a date. Apart,
   and so that the caller keeps its registers: it is called for few blocks. */
static __attribute__((noinline, preserve_most)) uint64_t spaced_among(const uint8_t *in, size_t at,
                                                                      size_t n, uint64_t starts) {
  uint64_t hits = 0;
  for (; starts; starts &= starts - 1)
    if (cs_is_behind_word(in, at + (size_t)__builtin_ctzll(starts), n)) hits |= starts & -starts;
  return hits;
}

/* Those of `plus` that begin a number. */
static inline uint64_t plus_among(const uint8_t *in, size_t at, size_t n, uint64_t plus) {
  uint64_t hits = 0;
  for (; plus; plus &= plus - 1)
    if (cs_is_plus(in, at + (size_t)__builtin_ctzll(plus), n)) hits |= plus & -plus;
  return hits;
}

/* Those of `marks`, '@' and '%', that stand for an '@' behind the end of a mailbox name. */
static inline uint64_t ats_among(const uint8_t *in, size_t at, size_t n, uint64_t marks) {
  uint64_t hits = 0;
  for (; marks; marks &= marks - 1)
    if (cs_is_at(in, at + (size_t)__builtin_ctzll(marks), n)) hits |= marks & -marks;
  return hits;
}
#endif

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

/* Those of `leads` whose character, three bytes long, begins a literal that the text may go on with. No
   branch depends on the text: in running Japanese nearly all of them would be mispredicted. */
static inline uint64_t words_among(const uint8_t *in, size_t at, size_t n, uint64_t leads,
                                   const cs_literals *literals) {
  uint64_t hits = 0;
  for (; leads; leads &= leads - 1) {
    size_t p = at + (size_t)__builtin_ctzll(leads);
    const uint8_t *l = in + p;
    size_t word = (l[0] & 15u) * 64 + (l[2] & 63);
    uint64_t known = literals->firsts[word] >> (l[1] & 63) & 1;
    /* Where the text ends before it, the sixth byte may be any. */
    uint64_t is_cut = n - p < 6;
    known &= literals->sixths[word] >> (l[is_cut ? 2 : 5] & 63) | is_cut;
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

#ifndef IN_BULK
/* Writes the positions of the set bits, at most 64 entries with some behind the last; how many. */
static inline size_t put(uint64_t hits, size_t at, cs_candidate *out) {
  /* The first four are written before it is known how many there are: in logs a block has none to
     three, and hardly any branch tells beforehand how many. */
  size_t end = (size_t)__builtin_popcountll(hits), count = 0;
  for (; count < 4; hits &= hits - 1)
    out[count++].position = (uint32_t)(at + (size_t)__builtin_ctzll(hits | 1ULL << 63));
  for (; count < end; hits &= hits - 1)
    out[count++].position = (uint32_t)(at + (size_t)__builtin_ctzll(hits));
  return end;
}
#endif

size_t KERNEL(candidates)(const uint8_t *in, size_t from, size_t n, const cs_literals *literals,
                          cs_candidate *out, size_t cap, size_t *next) {
  size_t count = 0, doubts = 0, at = from;
#ifdef IN_BULK
  cs_candidate doubtful[CS_DOUBTFUL + 64];
#endif
  block b, ahead;
  classes c = {0}, after;
  if (at < n) c = classify(b = load_at(in, at, n));
  uint64_t before = at > 0 && (cs_class[in[at - 1]] & CS_RUN) ? 1 : 0;
  uint64_t wordy = at > 0 && cs_is_wordy(in[at - 1]);
  uint64_t behind = at > 0 && in[at - 1] >= 0x80;
  while (at < n) {
#ifdef IN_BULK
    if (doubts > CS_DOUBTFUL) break;
#endif
    if (count + doubts + 64 > cap) break;
    after = (classes){0};
    if (at + 64 < n) after = classify(ahead = load_at(in, at + 64, n));
    /* Where a run goes on for 2, 4, 8 bytes; `_n` is the same of the next block. */
    uint64_t run = c.run, two = run & (run >> 1 | after.run << 63);
    uint64_t two_n = after.run & after.run >> 1;
    uint64_t four = two & (two >> 2 | two_n << 62), four_n = two_n & two_n >> 2;
    uint64_t digits = c.digits, blanks = equal(b, ' ');
    uint64_t firsts = ~(run << 1 | before), named = c.wordy << 1 | wordy;
    uint64_t starts = four & firsts;
    /* '+' and a country's code, of whatever length; its first digit may be in the next block. */
    uint64_t plus = equal(b, '+') & firsts & (digits >> 1 | 1ULL << 63);
    before = run >> 63;
    uint64_t numbers = starts & (four >> 4 | four_n << 60);
    /* A run of four before a blank; the blank of the last four may be in the next block. */
    uint64_t groups = starts & ~(run >> 4 | after.run << 60) & (blanks >> 4 | ~0ULL << 60) & digits;
    /* What a word and a blank stand before, or may stand in the block before. */
    uint64_t spaced = digits & firsts & ((blanks & named & (named << 1 | 1)) << 1 | (named & 1));
#ifdef IN_BULK
    /* They and '@' are looked at together behind the loop: few are any, and no branch foretells which blocks
       have some. */
    doubts += put((plus | groups | spaced) & ~numbers, at, doubtful + doubts);
    uint64_t ats = c.marks;
#else
    if (plus) numbers |= plus_among(in, at, n, plus);
    if (groups) numbers |= groups_among(in, at, n, groups);
    if (spaced) numbers |= spaced_among(in, at, n, spaced);
    uint64_t ats = c.marks ? ats_among(in, at, n, c.marks) : 0;
#endif
    uint64_t foreign = high(b), words = 0, wide = 0;
    uint64_t seps = c.seps & named;
    wordy = c.wordy >> 63;
    if (foreign | behind) {
      seps |= blanks & (foreign << 1 | behind);
      behind = foreign >> 63;
      uint64_t leads = within(b, 0xE0, 0xEF);
      if (n - at < 66) leads &= n - at < 3 ? 0 : ~0ULL >> (66 - (n - at));
      uint64_t fulls = leads & equal(b, 0xEF), wide_seps = wide_seps_among(in, at, fulls);
      wide = digits_among(in, at, fulls);
      leads &= ~(wide | wide_seps);
#ifdef IN_BULK
      words = n - at >= 128 ? words_in(b, ahead, leads, literals) : words_among(in, at, n, leads, literals);
#else
      words = words_among(in, at, n, leads, literals);
#endif
      wide = firsts_among(in, at, wide);
      seps |= wide_seps;
    }
    uint64_t hits = numbers | ats | words | wide | seps;
    count += put(hits, at, out + count);
    at += 64;
    c = after;
    b = ahead;
  }
  *next = at < n ? at : n;
#ifdef IN_BULK
  return settle(in, n, out, merge_numbers(in, n, doubtful, doubts, out, count), literals);
#else
  return cs_settle_each(in, out, count, out, literals);
#endif
}

size_t KERNEL(count)(const uint8_t *in, size_t n, uint8_t b) {
  size_t count = 0, at = 0;
  for (; at + 64 <= n; at += 64) count += (size_t)__builtin_popcountll(equal(load(in + at), b));
  for (; at < n; at++) count += in[at] == b;
  return count;
}

#ifndef IN_BULK
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
#endif
