/* The kernels by instruction set, for the dispatcher in scan.c. */
#ifndef BREACHSCOPE_CSCAN_VARIANTS_H
#define BREACHSCOPE_CSCAN_VARIANTS_H
#include <string.h>
#include "cscan.h"
#include "spaced.h"

#define CS_DECLARE(set)                                                                           \
  size_t cs_##set##_count(const uint8_t *, size_t, uint8_t);                                      \
  size_t cs_##set##_candidates(const uint8_t *, size_t, size_t, const cs_literals *,              \
                               cs_candidate *, size_t, size_t *);                                 \
  size_t cs_##set##_utf8_prefix(const uint8_t *, size_t, int, int *);
#if defined(__x86_64__)
/* The check of UTF-8 gains nothing over AVX2. */
#define cs_avx512_utf8_prefix cs_avx2_utf8_prefix
CS_DECLARE(avx512)
CS_DECLARE(avx2)
CS_DECLARE(sse2)
#endif
CS_DECLARE(plain)
#undef CS_DECLARE

/* A stretch of bytes as two masks. */
typedef struct {
  uint64_t run;    /* bytes of CS_RUN */
  uint64_t digits; /* those of them that are digits */
  uint64_t marks;  /* '@' and '%' */
  uint64_t seps;   /* ':', '=', LF and CR */
  uint64_t wordy;  /* what may stand right before one of them: cs_is_wordy */
} classes;

/* What may stand right before a mark of one byte: any byte from '@' on, a blank, a tab, or one of
   " ' ) . and with them, where that is cheaper, other control characters. */
static inline int cs_is_wordy(uint8_t b) {
  return b >= 0x40 || b == ' ' || b == '\t' || b == '"' || b == '\'' || b == ')' || b == '.';
}

/* By byte: what may stand before a mark (see label.c), and what a candidate is that begins so. */
extern const uint8_t cs_edges[256], cs_kinds[256];

static inline uint32_t cs_bit(const uint64_t set[1024], uint32_t bit) {
  return (uint32_t)(set[bit >> 6] >> (bit & 63)) & 1;
}

/* The bit of `tails` for the last letters before a mark, up to four, the last of them in the highest
   byte; behind a joint others may go on. */
static inline uint32_t cs_tail(uint32_t letters, uint32_t is_joined) {
  return (letters ^ is_joined << 5) * 0x9E3779B1u >> 16;
}

/* True when a known label ends before `mark`, and for a line end, in a line that it may have to itself. */
int cs_is_labelled(const uint8_t *in, size_t mark, const cs_literals *literals);

/* The bytes of `w` that are ASCII letters, by their high bits. */
static inline uint32_t letters_among(uint32_t w) {
  uint32_t small = (w | 0x20202020u) & 0x7F7F7F7Fu;
  return (small + 0x1F1F1F1Fu) & ~(small + 0x05050505u) & ~w & 0x80808080u;
}

/* Zero when the last four bytes before `end` say that no label ends there; where more than one byte
   may stand between, or letters of other scripts, they say nothing. No branch depends on the text. */
static inline uint32_t may_end_label(const uint8_t *end, uint8_t mark, const cs_literals *literals) {
  uint32_t edge = cs_edges[end[-1]];
  end -= edge & 1;
  end -= cs_edges[end[-1]] >> 1 & 1;
  uint32_t w;
  /* The last byte is the highest. */
  memcpy(&w, end - 4, 4);
  uint32_t letters = letters_among(w), small = letters & w << 2, capitals = letters & ~(w << 2);
  /* The letters behind the last byte that is none, or that is a small letter before a capital; `cut`
     is one byte more, and 0 stands for a byte before the word. */
  uint64_t others = (~letters & 0x80808080u) | (small & capitals >> 8);
  unsigned cut = 63 - (unsigned)__builtin_clzll(others << 8 | 0x80);
  uint32_t tail = (uint32_t)((uint64_t)(w | 0x20202020u) << 8 >> (cut + 1) << (cut + 1) >> 8);
  uint8_t before = (uint8_t)((uint64_t)w << 8 >> (cut - 7));
  /* In `size=2 ip=` each word is a label's own, before ' =' it is not: bit 3 makes another byte of '='.
     One letter behind a blank, `let x =`, is a variable. */
  uint32_t is_apart = (mark ^ (edge & 8)) == '=', is_single = (tail & 0xFF0000) == 0;
  uint32_t is_joined = cs_edges[before] >> 2 & (uint32_t)!((before == ' ') & (is_apart | is_single));
  uint32_t known = cs_bit(literals->tails, cs_tail(tail, is_joined)) & (uint32_t)(tail != 0);
  return known | (cs_edges[w >> 24] >> 1 & 1u) | ((w & 0x80808080u) != 0);
}

/* How many bytes may_end_label looks at. */
enum { CS_EDGE = 6 };

static inline uint32_t kind_at(const uint8_t *p) {
  uint32_t kind = cs_kinds[p[0]];
  if (kind == CS_LITERAL) {
    if (p[0] == 0xEF && p[1] == 0xBC) {
      if (p[2] >= 0x90 && p[2] <= 0x99) return CS_FULLWIDTH;
      if (p[2] == 0x9A || p[2] == 0x9D) return CS_MARK;
    }
    /* 】 and the wide blank are marks, and never literals. */
    if (p[0] == 0xE3 && p[1] == 0x80 && (p[2] == 0x80 || p[2] == 0x91)) return CS_MARK;
  }
  return kind;
}

/* True when dddd dddd dddd is at `p`, where a run begins. */
static inline int cs_is_three_groups(const uint8_t *in, size_t p, size_t n) {
  if (p + 14 > n || in[p + 4] != ' ' || in[p + 9] != ' ') return 0;
  for (size_t i = 0; i < 14; i++)
    if (i != 4 && i != 9 && !(cs_class[in[p + i]] & CS_DIGIT)) return 0;
  return 1;
}

/* True when '+' at `p` is before 1-9 and behind no word, as in UTC+9. */
static inline int cs_is_plus(const uint8_t *in, size_t p, size_t n) {
  if (p + 1 >= n || in[p + 1] < '1' || in[p + 1] > '9') return 0;
  return p == 0 || !(cs_class[in[p - 1]] & CS_ALNUM);
}

/* True when the digit at `p` begins a number in groups or a date behind a blank behind a word. */
static inline int cs_is_behind_word(const uint8_t *in, size_t p, size_t n) {
  const uint8_t *at = in + p;
  if (p + 4 > n || p < 3 || at[-1] != ' ') return 0;
  /* Most are versions and sizes: 10.0; 10_15. */
  if (at[2] == '_' || (at[2] == '.' && (cs_class[at[3]] & CS_DIGIT))) return 0;
  return cs_is_spaced(in, p, n);
}

/* True when '@' or '%' at `p` stands for an '@' behind the end of a mailbox name. */
static inline uint32_t cs_is_at(const uint8_t *in, size_t p, size_t n) {
  if (in[p] == '%' && (p + 2 >= n || in[p + 1] != '4' || in[p + 2] != '0')) return 0;
  return p > 0 && cs_class[in[p - 1]] & CS_MAILBOX;
}

/* Says of `count` positions what is there, and leaves out those marks that stand behind no label; how
   many are left. */
static inline size_t cs_settle_each(const uint8_t *in, const cs_candidate *from, size_t count,
                                    cs_candidate *out, const cs_literals *literals) {
  size_t left = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t at = from[i].position, kind = kind_at(in + at), is_mark = kind == CS_MARK;
    uint32_t is_left = !is_mark, may_be_left = is_mark;
    out[left] = (cs_candidate){at, kind};
    if (at >= CS_EDGE) may_be_left &= may_end_label(in + at, in[at], literals);
    /* One branch that hardly ever is taken, and not two. */
    __asm__("" : "+r"(may_be_left));
    if (may_be_left) is_left = (uint32_t)cs_is_labelled(in, at, literals);
    left += is_left;
  }
  return left;
}

/* Goes on from `at`, the start of a character, until `stop` is reached or passed, the bytes are not
   UTF-8, or ESC comes where that stops; `*cut` says that the end cuts the sequence there. */
size_t cs_scalar_utf8_prefix(const uint8_t *in, size_t at, size_t n, size_t stop,
                             int stop_at_escape, int *cut);

#endif
