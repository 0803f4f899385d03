// Lookups in the open-addressing tables that Patterns/dictionaries/generate.py writes.
#ifndef BREACHSCOPE_CSCAN_LEXICON_H
#define BREACHSCOPE_CSCAN_LEXICON_H
#include <stddef.h>
#include <stdint.h>

// The payload of `length` bytes of key in a table with `payload_bits` (1…31) of payload per slot;
// 0 when the table does not hold the key. A table holds fingerprints, so a foreign key is taken for
// one of its own in about 5 of 2^(32 - payload_bits) cases. No allocation, one or two cache misses.
uint32_t cs_table_lookup(const void *table, size_t table_size, unsigned payload_bits,
                         const uint8_t *key, size_t length);

// The hash of the tables; the generator holds its twin.
uint64_t cs_hash64(const uint8_t *key, size_t length, uint64_t seed);

#endif
