// Kernels for single values: keyed digests, plain forms, and whether a search would find anything.
#ifndef BREACHSCOPE_CSCAN_VALUE_H
#define BREACHSCOPE_CSCAN_VALUE_H
#include <stddef.h>
#include <stdint.h>

// The first word of the SipHash-2-4-128 of `kind` followed by `n` bytes, under the key k0, k1.
// The second word costs four more rounds and is wanted only where a digest is shown.
uint64_t cs_digest(uint64_t k0, uint64_t k1, uint8_t kind, const uint8_t *in, size_t n);

// 0 when cs_candidates finds nothing in the bytes taken by themselves, whatever the literals; else 1,
// where it mostly finds something. Without `numbers`, runs of ASCII digits do not count. `readable` is
// how many bytes there are from `in` on; those behind the `n` change nothing.
int cs_may_hold_candidate(const uint8_t *in, size_t n, size_t readable, int numbers);

// Writes the plain form of the bytes, never longer than they are, and returns its length: full-width
// ASCII and U+3000 as ASCII, dashes behind a digit as hyphens, invisible characters left out, all else
// as it is. `after_digit` says whether a digit stands before.
size_t cs_fold(const uint8_t *in, size_t n, int after_digit, uint8_t *out);

// A bit for each byte at which a character begins that cs_fold may not leave as it is; (n + 63) / 64
// words. A long vowel mark counts behind a digit only.
void cs_fold_marks(const uint8_t *in, size_t n, uint64_t *out);

#endif
