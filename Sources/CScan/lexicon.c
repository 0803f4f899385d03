#include "cscan_lexicon.h"

#include "loads.h"

uint64_t cs_hash64(const uint8_t *key, size_t length, uint64_t seed) {
  uint64_t value = seed ^ (uint64_t)length * 0x9E3779B97F4A7C15u;
  size_t left = length;
  for (; left >= 8; left -= 8, key += 8) {
    value = (value ^ load64(key)) * 0xBF58476D1CE4E5B9u;
    value ^= value >> 32;
  }
  if (left > 0) {
    value = (value ^ load_tail(key, left)) * 0xBF58476D1CE4E5B9u;
    value ^= value >> 32;
  }
  value *= 0x94D049BB133111EBu;
  return value ^ value >> 32;
}

uint32_t cs_table_lookup(const void *table, size_t table_size, unsigned payload_bits,
                         const uint8_t *key, size_t length) {
  const uint8_t *bytes = table;
  if (table_size < 16) return 0;
  uint32_t bits = (uint32_t)load32(bytes);
  // A blob that was cut short must not be read past its end.
  if (bits > 28 || table_size < 16 + ((size_t)4 << bits)) return 0;
  uint32_t mask = ((uint32_t)1 << bits) - 1;
  uint64_t hash = cs_hash64(key, length, load64(bytes + 8));
  uint32_t mark = (uint32_t)(hash >> (32 + payload_bits)) << payload_bits;
  uint32_t payload = ((uint32_t)1 << payload_bits) - 1;
  const uint8_t *slots = bytes + 16;
  for (uint32_t index = (uint32_t)hash & mask, probes = 0; probes <= mask; ++probes) {
    uint32_t slot = (uint32_t)load32(slots + (size_t)index * 4);
    if (slot == 0) return 0;
    if ((slot & ~payload) == mark) return slot & payload;
    index = (index + 1) & mask;
  }
  return 0;
}
