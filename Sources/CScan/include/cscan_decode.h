// Decoders from the charsets of evidence to UTF-8, and a strict UTF-8 check.
//
// Every decoder reads `in[0..<n]` and writes UTF-8 to `out`, which must have room for 3 * n + 8
// bytes. It returns the bytes written and sets `consumed`, the bytes read, and `invalid`, the number
// of U+FFFD it wrote. A sequence cut by the end of input is left unconsumed unless `final` is set;
// then it is invalid. One invalid byte is skipped at a time, and an ASCII byte is never swallowed
// with it, so a quote or line end after garbage survives.
#ifndef BREACHSCOPE_CSCAN_DECODE_H
#define BREACHSCOPE_CSCAN_DECODE_H
#include <stddef.h>
#include <stdint.h>

// CP932 (Windows-31J). `table` is cp932.bin: 60 rows of 192 cells. 80, A0 and FD–FF are invalid.
size_t cs_decode_cp932(const uint16_t *table, const uint8_t *in, size_t n, int final, uint8_t *out,
                       size_t *consumed, size_t *invalid);

// EUC-JP in the form of eucJP-ms: `jis0208` and `jis0212` are those blobs, 94 × 94 cells.
// C1 controls other than 8E and 8F are invalid.
size_t cs_decode_eucjp(const uint16_t *jis0208, const uint16_t *jis0212, const uint8_t *in, size_t n,
                       int final, uint8_t *out, size_t *consumed, size_t *invalid);

// ISO-2022-JP. `*state` is 0 at the start and carries the designated set between calls; it falls
// back to ASCII at CR and LF (RFC 1468). ESC ( B J I, ESC $ @ B, ESC $ ( @ B D are known; any other
// ESC is invalid. Bytes A1–DF are half-width kana, as in the 8-bit JIS of mailers; others above 7F
// are invalid.
size_t cs_decode_iso2022jp(const uint16_t *jis0208, const uint16_t *jis0212, uint32_t *state,
                           const uint8_t *in, size_t n, int final, uint8_t *out, size_t *consumed,
                           size_t *invalid);

// UTF-16 and UTF-32 without a byte-order mark (one is decoded as U+FEFF). Lone surrogates and
// values above 10FFFF are invalid; for these an invalid unit, not a byte, is skipped.
size_t cs_decode_utf16(int big, const uint8_t *in, size_t n, int final, uint8_t *out,
                       size_t *consumed, size_t *invalid);
size_t cs_decode_utf32(int big, const uint8_t *in, size_t n, int final, uint8_t *out,
                       size_t *consumed, size_t *invalid);

// ISO-8859-1 as the WHATWG Encoding Standard reads that label: 80–9F are those of Windows-1252.
size_t cs_decode_latin1(const uint8_t *in, size_t n, int final, uint8_t *out, size_t *consumed,
                        size_t *invalid);

// Charsets of pairs from lead 81–FE and trail 40–FF: `table` has 126 rows of 192 cells. With runs,
// gb18030_runs.bin, a digit behind a lead starts a code of four bytes. 80 and FF are invalid.
size_t cs_decode_pairs(const uint16_t *table, const uint16_t *runs, size_t run_count,
                       const uint8_t *in, size_t n, int final, uint8_t *out, size_t *consumed,
                       size_t *invalid);

// Charsets of one byte a character: `cells` are the 128 cells of one charset in single_byte.bin.
size_t cs_decode_single(const uint8_t *cells, const uint8_t *in, size_t n, uint8_t *out,
                        size_t *consumed, size_t *invalid);

// UTF-8 to UTF-8: valid sequences are copied, every invalid byte becomes U+FFFD.
size_t cs_decode_utf8(const uint8_t *in, size_t n, int final, uint8_t *out, size_t *consumed,
                      size_t *invalid);

// What a charset detector asks of raw bytes.
typedef struct {
  size_t nul_even;  // NUL at even offsets
  size_t nul_odd;   // NUL at odd offsets
  size_t control;   // C0 controls and DEL, other than NUL, TAB, LF, VT, FF, CR, SUB and ESC
  size_t escape;    // ESC
  size_t high;      // bytes 80–FF
} cs_byte_counts;

// Counts those bytes; printable ASCII passes 16 bytes at a time.
cs_byte_counts cs_count_bytes(const uint8_t *in, size_t n);

// How many bytes there are before the first above 7F.
size_t cs_ascii_prefix(const uint8_t *in, size_t n);

#endif
