// Kernels for Japanese addresses: their plain form, and the municipality that they name.
#ifndef BREACHSCOPE_CSCAN_ADDRESS_H
#define BREACHSCOPE_CSCAN_ADDRESS_H
#include <stddef.h>
#include <stdint.h>

typedef struct {
  size_t length;
  int has_digit;
} cs_address;

// Writes the plain form of the address `in`, UTF-8 with ASCII digits and hyphens, to `out`, which has
// room for n + 4 bytes: without blanks and without a postal code in front, 丁目, 番地, 番 and 号 behind
// a number as hyphens, kanji numerals before them as digits, ヶ and ヵ as ケ and カ.
cs_address cs_address_form(const uint8_t *in, size_t n, uint8_t *out);

// The length of the longest name of the table, among those of up to 12 characters that end in 市, 区,
// 町, 村 or 郡, with which `in` begins; 0 when it begins with none. `*payload` is what the table, one
// with 8 bits of payload, has for it.
size_t cs_municipality(const void *table, size_t table_size, const uint8_t *in, size_t n,
                       uint32_t *payload);

#endif
