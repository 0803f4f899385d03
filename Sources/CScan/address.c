#include "cscan_address.h"

#include <string.h>

#include "cscan_lexicon.h"

// The characters that may change, by what they are; 1…10 are numerals.
enum { NONE, TEN = 10, CHO, BAN, GO, NO, SMALL_KA, SMALL_KE };

typedef struct {
  uint32_t code; /* the three bytes, the first one highest */
  uint32_t kind;
} character;

// A slot for each of those characters: their hashes differ in the highest five bits.
#define SLOT(code) ((uint32_t)((code) * 0xF8130C43u) >> 27)
static const character characters[32] = {
    [SLOT(0xE4B880u)] = {0xE4B880u, 1},      [SLOT(0xE4BA8Cu)] = {0xE4BA8Cu, 2},
    [SLOT(0xE4B889u)] = {0xE4B889u, 3},      [SLOT(0xE59B9Bu)] = {0xE59B9Bu, 4},
    [SLOT(0xE4BA94u)] = {0xE4BA94u, 5},      [SLOT(0xE585ADu)] = {0xE585ADu, 6},
    [SLOT(0xE4B883u)] = {0xE4B883u, 7},      [SLOT(0xE585ABu)] = {0xE585ABu, 8},
    [SLOT(0xE4B99Du)] = {0xE4B99Du, 9},      [SLOT(0xE58D81u)] = {0xE58D81u, TEN},
    [SLOT(0xE4B881u)] = {0xE4B881u, CHO},    [SLOT(0xE795AAu)] = {0xE795AAu, BAN},
    [SLOT(0xE58FB7u)] = {0xE58FB7u, GO},     [SLOT(0xE381AEu)] = {0xE381AEu, NO},
    [SLOT(0xE383B5u)] = {0xE383B5u, SMALL_KA}, [SLOT(0xE383B6u)] = {0xE383B6u, SMALL_KE},
};

static inline int is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

static inline uint32_t code_at(const uint8_t *p) {
  return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static inline uint32_t kind_of(uint32_t code) {
  character entry = characters[SLOT(code)];
  return entry.code == code ? entry.kind : NONE;
}

static inline int stands(const uint8_t *in, size_t at, size_t n, uint32_t code) {
  return at + 2 < n && code_at(in + at) == code;
}

// Bytes of the unit of numbering that begins at `at` with a character of `kind`: 丁目, 番地の, 番地,
// 番, 号室, 号, or の before a digit; 0 when there is none.
static size_t unit(const uint8_t *in, size_t at, size_t n, uint32_t kind) {
  switch (kind) {
    case CHO: return stands(in, at + 3, n, 0xE79BAEu) ? 6 : 0;
    case BAN:
      if (!stands(in, at + 3, n, 0xE59CB0u)) return 3;
      return stands(in, at + 6, n, 0xE381AEu) ? 9 : 6;
    case GO: return stands(in, at + 3, n, 0xE5AEA4u) ? 6 : 3;
    case NO: return at + 3 < n && is_digit(in[at + 3]) ? 3 : 0;
    default: return 0;
  }
}

// Where the numeral before 丁目 begins among the kanji numerals from `from` to `end`: 十二 is one number,
// of 六八 the first ends the name of the town (郷六八丁目).
static size_t district(const uint8_t *out, size_t from, size_t end) {
  for (size_t at = from; at < end; at += 3) {
    if (kind_of(code_at(out + at)) == TEN) return from;
  }
  return end - 3;
}

// Puts digits in place of the kanji numerals that fill `out` from `from` to `end`, unless they make a
// thousand or more; returns the new end.
static size_t write_digits(uint8_t *out, size_t from, size_t end) {
  uint32_t total = 0, current = 0;
  for (size_t at = from; at < end; at += 3) {
    uint32_t number = kind_of(code_at(out + at));
    if (number == TEN) {
      total += (current == 0 ? 1 : current) * 10;
      current = 0;
    } else {
      current = current * 10 + number;
    }
    if (total + current >= 1000) return end;
  }
  total += current;
  if (total >= 100) out[from++] = (uint8_t)('0' + total / 100);
  if (total >= 10) out[from++] = (uint8_t)('0' + total / 10 % 10);
  out[from++] = (uint8_t)('0' + total % 10);
  return from;
}

// Sixteen bytes; the compiler makes vector instructions of it where there are any.
typedef uint8_t block __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

// Where `b` has a blank or, in the last two bytes of a character, what 丁, 番, 号, の, ヵ or ヶ end in;
// 16 when it has none. What begins in the last two bytes of `b` is not looked at.
static inline size_t find_change(block b) {
  const block zero = {0};
  block second =
      __builtin_shufflevector(b, zero, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  block third =
      __builtin_shufflevector(b, zero, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
  block found = (block)(b == ' ') | (block)((second == 0xB8) & (third == 0x81)) |
                (block)((second == 0x95) & (third == 0xAA)) |
                (block)((second == 0x8F) & (third == 0xB7)) |
                (block)((second == 0x81) & (third == 0xAE)) |
                (block)((second == 0x83) & ((third == 0xB5) | (third == 0xB6)));
  halves h = (halves)found;
  if (h[0] != 0) return (size_t)__builtin_ctzll(h[0]) / 8;
  if (h[1] != 0) return 8 + (size_t)__builtin_ctzll(h[1]) / 8;
  return 16;
}

// Copies what comes before the first character that may change and before the kanji numerals in front
// of that one; returns the length. Most of an address is kanji that stay.
static size_t copy_unchanged(const uint8_t *in, size_t n, uint8_t *out) {
  if (n < 16) return 0;
  size_t at = 0;
  for (;;) {
    block b;
    memcpy(&b, in + at, 16);
    memcpy(out + at, &b, 16);
    size_t found = find_change(b);
    if (found < 16) {
      at += found;
      break;
    }
    if (at == n - 16) return n;
    at = n - at > 30 ? at + 14 : n - 16;
  }
  while (at >= 3) {
    uint32_t kind = kind_of(code_at(in + at - 3));
    if (kind == NONE || kind > TEN) break;
    at -= 3;
  }
  return at;
}

cs_address cs_address_form(const uint8_t *in, size_t n, uint8_t *out) {
  const size_t none = SIZE_MAX;
  size_t at = 0, end = 0;
  size_t numerals = none; /* where kanji numerals at the end of `out` begin */
  if (n > 3 && code_at(in) == 0xE38092u) { /* 〒 and its code */
    at = 3;
    while (at < n && (is_digit(in[at]) || in[at] == '-' || in[at] == ' ')) at++;
  } else {
    at = end = copy_unchanged(in, n, out);
  }
  while (at < n) {
    uint8_t byte = in[at];
    if (byte >= 0xE3 && at + 2 < n) {
      uint32_t code = code_at(in + at), kind = kind_of(code);
      if (kind >= CHO && kind <= NO) {
        size_t length = unit(in, at, n, kind);
        if (length > 0 && numerals != none && kind == CHO) numerals = district(out, numerals, end);
        if (length > 0 && numerals != none && kind != NO) end = write_digits(out, numerals, end);
        numerals = none;
        if (length > 0 && end > 0 && is_digit(out[end - 1])) {
          at += length;
          if (at < n && is_digit(in[at])) {
            out[end++] = '-';
          } else if (at + 2 < n) {
            uint32_t next = kind_of(code_at(in + at));
            if (next != NONE && next <= TEN) out[end++] = '-';
          }
          continue;
        }
      } else if (kind != NONE && kind <= TEN) {
        if (numerals == none) numerals = end;
      } else {
        numerals = none;
        if (kind != NONE) code -= kind == SMALL_KA ? 0x10A : 0x105; /* E3 82 AB, E3 82 B1 */
      }
      out[end] = (uint8_t)(code >> 16);
      out[end + 1] = (uint8_t)(code >> 8);
      out[end + 2] = (uint8_t)code;
      end += 3;
      at += 3;
    } else if (byte == ' ') {
      at++;
      /* 1-2-3 201: two numbers, not one. */
      if (end > 0 && is_digit(out[end - 1]) && at < n && is_digit(in[at])) out[end++] = '-';
    } else {
      numerals = none;
      out[end++] = byte;
      at++;
    }
  }
  size_t digit = end; /* numbers stand at the end */
  while (digit > 0 && !is_digit(out[digit - 1])) digit--;
  return (cs_address){end, digit > 0};
}

size_t cs_municipality(const void *table, size_t table_size, const uint8_t *in, size_t n,
                       uint32_t *payload) {
  uint32_t ends = 0; /* a bit for each number of characters after which a name may end */
  for (uint32_t count = 1; count <= 12 && (size_t)count * 3 <= n; count++) {
    uint32_t code = code_at(in + (size_t)(count - 1) * 3);
    if (code < 0xE00000u || code >= 0xF00000u) break;
    int may_end = (code == 0xE5B882u) | (code == 0xE58CBAu) | (code == 0xE794BAu) |
                  (code == 0xE69D91u) | (code == 0xE983A1u);
    ends |= (uint32_t)may_end << count;
  }
  while (ends != 0) {
    uint32_t count = 31 - (uint32_t)__builtin_clz(ends);
    *payload = cs_table_lookup(table, table_size, 8, in, (size_t)count * 3);
    if (*payload != 0) return (size_t)count * 3;
    ends ^= (uint32_t)1 << count;
  }
  return 0;
}
