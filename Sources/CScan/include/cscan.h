#ifndef BREACHSCOPE_CSCAN_H
#define BREACHSCOPE_CSCAN_H
/* The few kernels that Swift cannot match for speed. Every function is pure: it reads the bytes it
   is given, writes the arrays it is given, and keeps no state. */
#include "cscan_memory.h"
#include <stddef.h>
#include <stdint.h>
#include "cscan_address.h"
#include "cscan_decode.h"
#include "cscan_index.h"
#include "cscan_json.h"
#include "cscan_lexicon.h"
#include "cscan_mailbox.h"
#include "cscan_number.h"
#include "cscan_value.h"

/* SipHash-2-4 with 128-bit output (Aumasson & Bernstein 2012) of `n` bytes under a 16-byte key. */
void cs_siphash128(const uint8_t key[16], const uint8_t *in, size_t n, uint64_t out[2]);

/* A fast keyed 64-bit hash for telling equal rows from different ones inside one run. */
uint64_t cs_rowhash(uint64_t key, const uint8_t *in, size_t n);

/* The kernels below exist for several instruction sets and give the same with each. CS_BEST is what
   the processor allows; the others are for tests, where cs_has_variant says so. */
typedef enum { CS_BEST, CS_AVX512, CS_AVX2, CS_SSE2, CS_PLAIN } cs_variant;
int cs_has_variant(cs_variant variant);

/* How often byte `b` occurs. */
size_t cs_count(cs_variant variant, const uint8_t *in, size_t n, uint8_t b);

/* What a candidate is; the verifier looks at the bytes around it. */
enum {
  CS_AT = 1,        /* an '@' or "%40" after a byte that can end a mail box name */
  CS_NUMBER = 2,    /* first byte of a run of [0-9()+./-] that reaches 8, or that is '+' and 1-9
                       and stands behind no word, or of dddd dddd dddd; behind a word and a blank
                       the first digit of 9 to 19 in groups, or of a date with its year apart */
  CS_FULLWIDTH = 3, /* first full-width digit (EF BC 90..99) of a run */
  CS_LITERAL = 4,   /* a character that begins a literal, and three bytes behind it that may go on with one:
                       the last of them tells most that do not */
  CS_MARK = 5,      /* ':', '=', a full-width one, behind the end of a label; LF or CR
                       behind one in a line of 60 bytes at most; a wide blank or '】' that is
                       among the literals, or a blank, behind one in a script of three bytes */
};

typedef struct {
  uint32_t position;
  uint32_t kind;
} cs_candidate;

typedef struct {
  /* First characters of literals, of three bytes in UTF-8: bit (b1 & 63) of word
     (b0 & 15) * 64 + (b2 & 63). */
  uint64_t firsts[16 * 64];
  /* What the sixth byte of those with the same word may be: bit (b5 & 63); all for shorter literals. */
  uint64_t sixths[16 * 64];
  /* How labels end, by up to six letters and by up to four, as cs_add_label sets it. */
  uint64_t ends[1024], tails[1024];
} cs_literals;

/* Adds a literal that begins with a character of three bytes in UTF-8; others are ignored. */
void cs_add_literal(const uint8_t *literal, size_t n, cs_literals *literals);

/* Adds a label by its end: of its last six ASCII letters without regard to case, or of all when it
   has fewer, or of its last three bytes when they are no letters. Digits behind it (before a mark: one) and
   '_', '-', '.' and blanks in it do not count. */
void cs_add_label(const uint8_t *label, size_t n, cs_literals *literals);

/* Candidates from `from` up to `n`, in order of position. Bytes before `from` are context.
   Writes at most `cap`; `*next` is where to go on. */
size_t cs_candidates(cs_variant variant, const uint8_t *in, size_t from, size_t n,
                     const cs_literals *literals, cs_candidate *out, size_t cap, size_t *next);

/* The length of the longest prefix that is valid UTF-8: no overlong forms, no surrogates, nothing
   above U+10FFFF; with `stop_at_escape`, no ESC either. A sequence that the end cuts is not part of
   the prefix; `*cut` says whether that is what follows. */
size_t cs_utf8_prefix(cs_variant variant, const uint8_t *in, size_t n, int stop_at_escape,
                      int *cut);

/* Byte class bits, for readers in Swift and C alike. */
enum {
  CS_DIGIT = 1, CS_RUN = 2, CS_ALNUM = 4, CS_MAILBOX = 8, CS_SPACE = 16, CS_JOINED = 32,
  CS_NAMED = 64,  /* letters, of other scripts, too, and '.' */
  CS_DATED = 128, /* those, ',' and ' ': what stands in a date between day and year */
};
extern const uint8_t cs_class[256];

#endif
