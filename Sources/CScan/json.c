#include "cscan_json.h"

/* Value of a hexadecimal digit; 255 for other bytes. */
#define ROW(a) a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a
#define NOT 0xFF
static const uint8_t digit[256] = {
    ROW(NOT), ROW(NOT), ROW(NOT),
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, NOT, NOT, NOT, NOT, NOT, NOT,
    NOT, 10, 11, 12, 13, 14, 15, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT,
    ROW(NOT),
    NOT, 10, 11, 12, 13, 14, 15, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT, NOT,
    ROW(NOT), ROW(NOT), ROW(NOT), ROW(NOT), ROW(NOT), ROW(NOT), ROW(NOT), ROW(NOT), ROW(NOT),
};

/* The code unit that an escape of four hexadecimal digits at `p` stands for, or a value above all. */
static inline uint32_t unit_at(const uint8_t *p, const uint8_t *end) {
  if (end - p < 6 || p[0] != '\\' || p[1] != 'u') return UINT32_MAX;
  uint32_t a = digit[p[2]], b = digit[p[3]], c = digit[p[4]], d = digit[p[5]];
  return (a | b | c | d) > 15 ? UINT32_MAX : a << 12 | b << 8 | c << 4 | d;
}

static inline uint8_t *put(uint8_t *out, uint32_t scalar) {
  if (scalar >= 0x800 && scalar < 0x10000) {
    *out++ = (uint8_t)(0xE0 | scalar >> 12);
    *out++ = (uint8_t)(0x80 | (scalar >> 6 & 63));
  } else if (scalar < 0x80) {
    *out++ = (uint8_t)scalar;
    return out;
  } else if (scalar < 0x800) {
    *out++ = (uint8_t)(0xC0 | scalar >> 6);
  } else {
    *out++ = (uint8_t)(0xF0 | scalar >> 18);
    *out++ = (uint8_t)(0x80 | (scalar >> 12 & 63));
    *out++ = (uint8_t)(0x80 | (scalar >> 6 & 63));
  }
  *out++ = (uint8_t)(0x80 | (scalar & 63));
  return out;
}

size_t cs_json_unescape(const uint8_t *in, size_t n, uint8_t *out) {
  const uint8_t *p = in, *end = in + n;
  uint8_t *start = out;
  while (p < end) {
    if (*p != '\\' || p + 1 == end) {
      *out++ = *p++;
      continue;
    }
    uint32_t unit = unit_at(p, end);
    if (unit != UINT32_MAX) {
      p += 6;
      if (unit >> 11 == 0xD800 >> 11) {
        uint32_t low = unit < 0xDC00 ? unit_at(p, end) : UINT32_MAX;
        if (low >> 10 == 0xDC00 >> 10) {
          unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
          p += 6;
        } else {
          unit = 0xFFFD;
        }
      }
      out = put(out, unit);
      continue;
    }
    switch (p[1]) {
    case 'b': *out++ = '\b'; break;
    case 'f': *out++ = '\f'; break;
    case 'n': *out++ = '\n'; break;
    case 'r': *out++ = '\r'; break;
    case 't': *out++ = '\t'; break;
    case 'u': *out++ = '\\'; *out++ = 'u'; break;
    default: *out++ = p[1];
    }
    p += 2;
  }
  return (size_t)(out - start);
}
