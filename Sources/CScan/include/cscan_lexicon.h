// Lookups in the open-addressing tables that Patterns/dictionaries/generate.py writes.
#ifndef BREACHSCOPE_CSCAN_LEXICON_H
#define BREACHSCOPE_CSCAN_LEXICON_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The payload of `length` bytes of key in a table with `payload_bits` (1…31) of payload per slot;
// 0 when the table does not hold the key. A table holds fingerprints, so a foreign key is taken for
// one of its own in about 5 of 2^(32 - payload_bits) cases. No allocation, one or two cache misses.
uint32_t cs_table_lookup(const void *table, size_t table_size, unsigned payload_bits,
                         const uint8_t *key, size_t length);

// The same for the hash of a key, on which alone the answer depends.
uint32_t cs_table_find(const void *table, size_t table_size, unsigned payload_bits, uint64_t hash);

// The seed under which the keys of a table are hashed.
uint64_t cs_table_seed(const void *table, size_t table_size);

static inline uint64_t cs_word(const uint8_t *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}

// One to eight bytes from `at` as a little-endian number. Where `n` bytes of text allow it, this is
// one load of eight bytes, some of which belong to no key: asking for the length of every key anew
// would cost more, for keys of names are short and of all lengths.
static inline uint64_t cs_short_word(const uint8_t *text, size_t n, size_t at, size_t length) {
  unsigned spare = (unsigned)(64 - 8 * length);
  if (at + 8 <= n) return cs_word(text + at) << spare >> spare;
  if (at + length >= 8) return cs_word(text + at + length - 8) >> spare;
  uint64_t v = 0;
  memcpy(&v, text + at, length);
  return v;
}

// The hash of the tables, for the `length` bytes of key from `at` in `n` bytes of text; the
// generator holds its twin. Inline, because most keys are a handful of bytes.
static inline uint64_t cs_hash64(const uint8_t *text, size_t n, size_t at, size_t length,
                                 uint64_t seed) {
  uint64_t value = seed ^ (uint64_t)length * 0x9E3779B97F4A7C15u;
  for (; length > 8; length -= 8, at += 8) {
    value = (value ^ cs_word(text + at)) * 0xBF58476D1CE4E5B9u;
    value ^= value >> 32;
  }
  if (length > 0) {
    value = (value ^ cs_short_word(text, n, at, length)) * 0xBF58476D1CE4E5B9u;
    value ^= value >> 32;
  }
  value *= 0x94D049BB133111EBu;
  return value ^ value >> 32;
}

#endif
