// UTF-8 checked character by character, and mended.
#include <string.h>

#include "cscan.h"
#include "variants.h"

// The length of the valid sequence at `in` (lead ≥ 80): 0 = invalid, -1 = cut short by the end.
// Bounds of the second byte: Unicode Standard, table 3-7.
static int sequence_length(const uint8_t *in, size_t n) {
  uint8_t lead = in[0];
  if (lead >= 0xE0 && lead <= 0xEF) {
    uint8_t low = lead == 0xE0 ? 0xA0 : 0x80, high = lead == 0xED ? 0x9F : 0xBF;
    if (n < 2) return -1;
    if (in[1] < low || in[1] > high) return 0;
    if (n < 3) return -1;
    return (in[2] & 0xC0) == 0x80 ? 3 : 0;
  }
  if (lead >= 0xC2 && lead <= 0xDF) {
    if (n < 2) return -1;
    return (in[1] & 0xC0) == 0x80 ? 2 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    uint8_t low = lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xF4 ? 0x8F : 0xBF;
    if (n < 2) return -1;
    if (in[1] < low || in[1] > high) return 0;
    if (n < 3) return -1;
    if ((in[2] & 0xC0) != 0x80) return 0;
    if (n < 4) return -1;
    return (in[3] & 0xC0) == 0x80 ? 4 : 0;
  }
  return 0;
}

// True when none of eight bytes is ESC or above 7F.
static inline int is_plain(uint64_t eight) {
  const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
  uint64_t escape = eight ^ 0x1B * ones;
  return ((eight | (escape - ones)) & tops) == 0;
}

size_t cs_scalar_utf8_prefix(const uint8_t *in, size_t at, size_t n, size_t stop,
                             int stop_at_escape, int *cut) {
  *cut = 0;
  while (at < n && at < stop) {
    if (in[at] < 0x80) {
      uint64_t eight;
      if (n - at >= 8 && (memcpy(&eight, in + at, 8), is_plain(eight))) {
        at += 8;
        continue;
      }
      if (in[at] == 0x1B && stop_at_escape) break;
      at += 1;
      continue;
    }
    int length = sequence_length(in + at, n - at);
    if (length <= 0) {
      *cut = length < 0;
      break;
    }
    at += (size_t)length;
  }
  return at;
}

size_t cs_decode_utf8(const uint8_t *in, size_t n, int final, uint8_t *out, size_t *consumed,
                      size_t *invalid) {
  uint8_t *start = out;
  size_t i = 0, bad = 0;
  while (i < n) {
    int cut;
    size_t valid = cs_utf8_prefix(CS_BEST, in + i, n - i, 0, &cut);
    memcpy(out, in + i, valid);
    out += valid;
    i += valid;
    if (i == n || (cut && !final)) break;
    // U+FFFD
    memcpy(out, "\xEF\xBF\xBD", 3);
    out += 3;
    i += 1;
    bad += 1;
  }
  *consumed = i;
  *invalid = bad;
  return (size_t)(out - start);
}
