// Escape sequences of JSON strings (RFC 8259 §7).
#ifndef BREACHSCOPE_CSCAN_JSON_H
#define BREACHSCOPE_CSCAN_JSON_H
#include <stddef.h>
#include <stdint.h>

// Writes what the inside of a string stands for, in UTF-8, to `out`, which has room for `n` bytes;
// returns the bytes written. A lone surrogate becomes U+FFFD; what is no escape sequence, and a
// backslash at the end, stay.
size_t cs_json_unescape(const uint8_t *in, size_t n, uint8_t *out);

#endif
