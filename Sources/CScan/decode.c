#include "cscan_decode.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

// Copies the ASCII run at `in`, at most `n` bytes; returns its length. `out` has room for 16 bytes
// more than the run: the caller's 3 * n + 8 gives that whenever 16 bytes of input are left.
static inline size_t copy_ascii(const uint8_t *in, size_t n, uint8_t *out) {
  size_t i = 0;
#ifdef __SSE2__
  for (; i + 16 <= n; i += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(in + i));
    _mm_storeu_si128((__m128i *)(void *)(out + i), block);
    unsigned high = (unsigned)_mm_movemask_epi8(block);
    if (high != 0) return i + (size_t)__builtin_ctz(high);
  }
#else
  for (; i + 8 <= n; i += 8) {
    uint64_t block;
    memcpy(&block, in + i, 8);
    if (block & 0x8080808080808080u) break;
    memcpy(out + i, &block, 8);
  }
#endif
  for (; i < n && in[i] < 0x80; ++i) out[i] = in[i];
  return i;
}

// Writes a code point of 800–FFFF, and a byte behind it; returns where the next goes. Little endian, as
// everywhere the product runs.
static inline uint8_t *put3(uint8_t *out, uint32_t c) {
  uint32_t bytes = 0x8080E0u | c >> 12 | (c << 2 & 0x3F00) | (c << 16 & 0x3F0000);
  memcpy(out, &bytes, 4);
  return out + 3;
}

// Writes a code point of 80–7FF.
static inline uint8_t *put2(uint8_t *out, uint32_t c) {
  out[0] = (uint8_t)(0xC0 | c >> 6);
  out[1] = (uint8_t)(0x80 | (c & 0x3F));
  return out + 2;
}

// A code point of a double-byte table: never ASCII, hardly ever below 800.
static inline uint8_t *put_wide(uint8_t *out, uint32_t c) {
  return __builtin_expect(c >= 0x800, 1) ? put3(out, c) : put2(out, c);
}

// Writes any code point.
static inline uint8_t *put(uint8_t *out, uint32_t c) {
  if (c < 0x80) {
    *out = (uint8_t)c;
    return out + 1;
  }
  if (c < 0x10000) return put_wide(out, c);
  out[0] = (uint8_t)(0xF0 | c >> 18);
  out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3F));
  out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
  out[3] = (uint8_t)(0x80 | (c & 0x3F));
  return out + 4;
}

// What stands for an invalid byte, and the distance from a kana byte A1–DF to its code point.
enum { replacement = 0xFFFD, halfwidth = 0xFF61 - 0xA1 };

// Ends a decoder: the three results in one place.
static inline size_t finish(const uint8_t *out, const uint8_t *start, size_t at, size_t bad,
                            size_t *consumed, size_t *invalid) {
  *consumed = at;
  *invalid = bad;
  return (size_t)(out - start);
}

size_t cs_decode_cp932(const uint16_t *table, const uint8_t *in, size_t n, int final, uint8_t *out,
                       size_t *consumed, size_t *invalid) {
  uint8_t *start = out;
  size_t i = 0, bad = 0;
  while (i < n) {
    uint8_t lead = in[i];
    if (lead < 0x80) {
      size_t run = copy_ascii(in + i, n - i, out);
      i += run;
      out += run;
      continue;
    }
    // 81–9F → rows 0–30, E0–FC → rows 31–59; everything else becomes 60 or more.
    unsigned row = (lead ^ 0x20u) - 0xA1u;
    if (row < 60u) {
      // Such characters come in runs.
      size_t first = i;
      while (i + 1 < n && row < 60u && in[i + 1] >= 0x40) {
        uint32_t c = table[row * 192u + in[i + 1] - 0x40u];
        if (__builtin_expect(c == 0, 0)) break;
        out = put_wide(out, c);
        i += 2;
        if (i == n) break;
        row = (in[i] ^ 0x20u) - 0xA1u;
      }
      if (i > first) continue;
      if (i + 1 == n && !final) break;
    } else if (lead >= 0xA1 && lead <= 0xDF) {
      out = put3(out, (uint32_t)lead + halfwidth);
      i += 1;
      continue;
    }
    out = put3(out, replacement);
    i += 1;
    bad += 1;
  }
  return finish(out, start, i, bad, consumed, invalid);
}

// The cell of a 94 × 94 table for two bytes of A1–FE, or 0.
static inline uint32_t cell94(const uint16_t *table, unsigned row, unsigned cell) {
  return row < 94u && cell < 94u ? table[row * 94u + cell] : 0;
}

size_t cs_decode_eucjp(const uint16_t *jis0208, const uint16_t *jis0212, const uint8_t *in, size_t n,
                       int final, uint8_t *out, size_t *consumed, size_t *invalid) {
  uint8_t *start = out;
  size_t i = 0, bad = 0;
  while (i < n) {
    uint8_t lead = in[i];
    if (lead < 0x80) {
      size_t run = copy_ascii(in + i, n - i, out);
      i += run;
      out += run;
      continue;
    }
    size_t left = n - i;
    if (__builtin_expect(lead >= 0xA1, 1)) {
      if (left < 2) {
        if (!final && lead != 0xFF) break;
      } else {
        uint32_t c = cell94(jis0208, lead - 0xA1u, in[i + 1] - 0xA1u);
        if (__builtin_expect(c != 0, 1)) {
          out = put_wide(out, c);
          i += 2;
          continue;
        }
      }
    } else if (lead == 0x8E) {
      if (left < 2) {
        if (!final) break;
      } else if (in[i + 1] >= 0xA1 && in[i + 1] <= 0xDF) {
        out = put3(out, (uint32_t)in[i + 1] + halfwidth);
        i += 2;
        continue;
      }
    } else if (lead == 0x8F) {
      if (left < 3) {
        // Not a cut sequence when the byte that is there rules it out.
        if (!final && (left < 2 || (in[i + 1] >= 0xA1 && in[i + 1] != 0xFF))) break;
      } else {
        uint32_t c = cell94(jis0212, in[i + 1] - 0xA1u, in[i + 2] - 0xA1u);
        if (c != 0) {
          out = put_wide(out, c);
          i += 3;
          continue;
        }
      }
    }
    out = put3(out, replacement);
    i += 1;
    bad += 1;
  }
  return finish(out, start, i, bad, consumed, invalid);
}

// The sets of ISO-2022-JP; the values are those of `state`.
enum { set_ascii, set_roman, set_kana, set_0208, set_0212 };

// The set that an escape sequence designates and its length in bytes: 0 = unknown, -1 = cut short.
static int escape_length(const uint8_t *in, size_t n, uint32_t *set) {
  if (n < 2) return -1;
  if (in[1] != '(' && in[1] != '$') return 0;
  if (n < 3) return -1;
  if (in[1] == '(') {
    switch (in[2]) {
      case 'B': *set = set_ascii; return 3;
      case 'J': *set = set_roman; return 3;
      case 'I': *set = set_kana; return 3;
      default: return 0;
    }
  }
  if (in[2] == '@' || in[2] == 'B') {
    *set = set_0208;
    return 3;
  }
  if (in[2] != '(') return 0;
  if (n < 4) return -1;
  switch (in[3]) {
    case '@':
    case 'B': *set = set_0208; return 4;
    case 'D': *set = set_0212; return 4;
    default: return 0;
  }
}

size_t cs_decode_iso2022jp(const uint16_t *jis0208, const uint16_t *jis0212, uint32_t *state,
                           const uint8_t *in, size_t n, int final, uint8_t *out, size_t *consumed,
                           size_t *invalid) {
  uint8_t *start = out;
  size_t i = 0, bad = 0;
  uint32_t set = *state;
  while (i < n) {
    uint8_t byte = in[i];
    if (byte == 0x1B) {
      int length = escape_length(in + i, n - i, &set);
      if (length > 0) {
        i += (size_t)length;
        continue;
      }
      if (length < 0 && !final) break;
      out = put3(out, replacement);
      i += 1;
      bad += 1;
    } else if (byte < 0x21 || byte == 0x7F) {
      if (byte == '\n' || byte == '\r') set = set_ascii;
      *out++ = byte;
      i += 1;
    } else if (byte >= 0x80) {
      int kana = byte >= 0xA1 && byte <= 0xDF;
      out = put3(out, kana ? (uint32_t)byte + halfwidth : (uint32_t)replacement);
      i += 1;
      bad += !kana;
    } else if (set == set_ascii) {
      do *out++ = in[i++];
      while (i < n && in[i] >= 0x20 && in[i] < 0x7F);
    } else if (set == set_roman) {
      // JIS X 0201 has ¥ and ‾ where ASCII has backslash and tilde.
      out = put(out, byte == 0x5C ? 0xA5 : byte == 0x7E ? 0x203E : byte);
      i += 1;
    } else if (set == set_kana) {
      if (byte <= 0x5F) {
        out = put3(out, (uint32_t)byte + 0x80 + halfwidth);
      } else {
        out = put3(out, replacement);
        bad += 1;
      }
      i += 1;
    } else {
      if (i + 1 == n && !final) break;
      const uint16_t *table = set == set_0208 ? jis0208 : jis0212;
      uint32_t c = i + 1 < n ? cell94(table, byte - 0x21u, in[i + 1] - 0x21u) : 0;
      if (c != 0) {
        out = put_wide(out, c);
        i += 2;
      } else {
        out = put3(out, replacement);
        i += 1;
        bad += 1;
      }
    }
  }
  *state = set;
  return finish(out, start, i, bad, consumed, invalid);
}

// The 16-bit unit at `in`.
static inline uint32_t unit16(const uint8_t *in, int big) {
  return big ? (uint32_t)in[0] << 8 | in[1] : (uint32_t)in[1] << 8 | in[0];
}

#ifdef __SSE2__
// Copies a run of ASCII code units, eight at a time; returns the units copied.
static inline size_t copy_ascii16(const uint8_t *in, size_t units, int big, uint8_t *out) {
  size_t i = 0;
  const __m128i limit = _mm_set1_epi16(big ? (short)0x80FF : (short)0xFF80);
  for (; i + 8 <= units; i += 8) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(in + 2 * i));
    __m128i over = _mm_and_si128(block, limit);
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(over, _mm_setzero_si128())) != 0xFFFF) break;
    if (big) block = _mm_srli_epi16(block, 8);
    _mm_storel_epi64((__m128i *)(void *)(out + i), _mm_packus_epi16(block, block));
  }
  return i;
}
#else
static inline size_t copy_ascii16(const uint8_t *in, size_t units, int big, uint8_t *out) {
  size_t i = 0;
  for (; i < units && unit16(in + 2 * i, big) < 0x80; ++i) out[i] = (uint8_t)unit16(in + 2 * i, big);
  return i;
}
#endif

// The decoder of both byte orders; `big` is a constant in each inlined copy.
static inline __attribute__((always_inline)) size_t decode_utf16(int big, const uint8_t *in,
                                                                 size_t n, int final, uint8_t *out,
                                                                 size_t *consumed,
                                                                 size_t *invalid) {
  uint8_t *start = out;
  size_t i = 0, bad = 0;
  while (i + 2 <= n) {
    uint32_t c = unit16(in + i, big);
    if (c < 0x80) {
      size_t run = copy_ascii16(in + i, (n - i) / 2, big, out);
      i += 2 * run;
      out += run;
      if (run == 0) {
        *out++ = (uint8_t)c;
        i += 2;
      }
    } else if (__builtin_expect((c & 0xF800) != 0xD800, 1)) {
      out = put_wide(out, c);
      i += 2;
    } else if (c < 0xDC00 && i + 4 > n && !final) {
      break;
    } else {
      uint32_t low = c < 0xDC00 && i + 4 <= n ? unit16(in + i + 2, big) : 0;
      if ((low & 0xFC00) == 0xDC00) {
        out = put(out, 0x10000 + ((c & 0x3FF) << 10 | (low & 0x3FF)));
        i += 4;
      } else {
        out = put3(out, replacement);
        i += 2;
        bad += 1;
      }
    }
  }
  if (final && i < n) {
    out = put3(out, replacement);
    i = n;
    bad += 1;
  }
  return finish(out, start, i, bad, consumed, invalid);
}

size_t cs_decode_utf16(int big, const uint8_t *in, size_t n, int final, uint8_t *out,
                       size_t *consumed, size_t *invalid) {
  return big ? decode_utf16(1, in, n, final, out, consumed, invalid)
             : decode_utf16(0, in, n, final, out, consumed, invalid);
}

size_t cs_decode_utf32(int big, const uint8_t *in, size_t n, int final, uint8_t *out,
                       size_t *consumed, size_t *invalid) {
  uint8_t *start = out;
  size_t i = 0, bad = 0;
  for (; i + 4 <= n; i += 4) {
    uint32_t high = unit16(in + i + (big ? 0 : 2), big), low = unit16(in + i + (big ? 2 : 0), big);
    uint32_t c = high << 16 | low;
    if (c > 0x10FFFF || (c & 0xFFFFF800) == 0xD800) {
      c = replacement;
      bad += 1;
    }
    out = put(out, c);
  }
  if (final && i < n) {
    out = put3(out, replacement);
    i = n;
    bad += 1;
  }
  return finish(out, start, i, bad, consumed, invalid);
}

// Windows-1252 for 80–9F (WHATWG index); five cells are the C1 controls themselves.
static const uint16_t windows1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

size_t cs_decode_latin1(const uint8_t *in, size_t n, int final, uint8_t *out, size_t *consumed,
                        size_t *invalid) {
  (void)final;
  uint8_t *start = out;
  size_t i = 0;
  while (i < n) {
    if (in[i] < 0x80) {
      size_t run = copy_ascii(in + i, n - i, out);
      i += run;
      out += run;
    } else {
      out = put_wide(out, in[i] < 0xA0 ? windows1252[in[i] - 0x80] : in[i]);
      i += 1;
    }
  }
  return finish(out, start, i, 0, consumed, invalid);
}

// The code point of four bytes of GB 18030, or 0: runs of the BMP, then all that is beyond it.
static inline uint32_t four_bytes(const uint16_t *runs, size_t count, const uint8_t *in) {
  if (in[2] < 0x81 || in[2] == 0xFF || in[3] < 0x30 || in[3] > 0x39) return 0;
  uint32_t index = (((in[0] - 0x81u) * 10 + in[1] - 0x30u) * 126 + in[2] - 0x81u) * 10 + in[3] - 0x30u;
  if (index >= 189000) return index < 189000 + 0x100000 ? index - 189000 + 0x10000 : 0;
  if (index > 39419) return 0;
  size_t low = 0;
  while (low + 1 < count && runs[2 * (low + 1)] <= index) ++low;
  return index - runs[2 * low] + runs[2 * low + 1];
}

size_t cs_decode_pairs(const uint16_t *table, const uint16_t *runs, size_t run_count,
                       const uint8_t *in, size_t n, int final, uint8_t *out, size_t *consumed,
                       size_t *invalid) {
  uint8_t *start = out;
  size_t i = 0, bad = 0;
  while (i < n) {
    if (in[i] < 0x80) {
      size_t run = copy_ascii(in + i, n - i, out);
      i += run;
      out += run;
      continue;
    }
    size_t left = n - i, width = 2;
    uint32_t c = 0;
    if (in[i] > 0x80 && in[i] < 0xFF) {
      int is_long = left > 1 && run_count > 0 && in[i + 1] >= 0x30 && in[i + 1] <= 0x39;
      if (!final && (left < 2 || (is_long && left < 4))) break;
      if (is_long) {
        width = 4;
        c = left < 4 ? 0 : four_bytes(runs, run_count, in + i);
      } else if (left > 1 && in[i + 1] >= 0x40) {
        c = table[(in[i] - 0x81u) * 192u + in[i + 1] - 0x40u];
      }
    }
    bad += c == 0;
    i += c == 0 ? 1 : width;
    out = put(out, c == 0 ? replacement : c);
  }
  return finish(out, start, i, bad, consumed, invalid);
}

size_t cs_decode_single(const uint8_t *cells, const uint8_t *in, size_t n, uint8_t *out,
                        size_t *consumed, size_t *invalid) {
  uint8_t *start = out;
  size_t bad = 0;
  for (size_t i = 0; i < n; ++i) {
    const uint8_t *cell = cells + 4 * (in[i] & 0x7Fu);
    uint32_t c = in[i] < 0x80 ? in[i] : cell[0] | (uint32_t)cell[1] << 8;
    int is_bad = in[i] >= 0x80 && c == 0;
    bad += is_bad;
    out = put(out, is_bad ? replacement : c);
  }
  return finish(out, start, n, bad, consumed, invalid);
}
