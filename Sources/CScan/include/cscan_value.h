// Kernels for single values: keyed digests and the question whether a value is in plain form.
#ifndef BREACHSCOPE_CSCAN_VALUE_H
#define BREACHSCOPE_CSCAN_VALUE_H
#include <stddef.h>
#include <stdint.h>

// The first word of the SipHash-2-4-128 of `kind` followed by `n` bytes, under the key k0, k1.
// The second word costs four more rounds and is wanted only where a digest is shown.
uint64_t cs_digest(uint64_t k0, uint64_t k1, uint8_t kind, const uint8_t *in, size_t n);

// 1 when the bytes may hold a character that has a plainer form: one of the blocks of full-width
// forms, of general punctuation or of box drawings, an ideographic space, or a long vowel mark
// behind a digit; 0 when none does.
int cs_may_fold(const uint8_t *in, size_t n);

#endif
