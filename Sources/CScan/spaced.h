#ifndef BREACHSCOPE_CSCAN_SPACED_H
#define BREACHSCOPE_CSCAN_SPACED_H
#include "cscan.h"

/* How far numbers are looked at, and where at the latest the year of a date begins. */
enum { CS_LOOK_AHEAD = 40, CS_YEAR_AHEAD = 24 };

static inline int cs_is_letter(uint8_t b) { return (uint8_t)((b | 0x20) - 'a') < 26; }
static inline int cs_is_digit(uint8_t b) { return (uint8_t)(b - '0') < 10; }

static inline int cs_is_named(uint8_t b) { return cs_is_letter(b) || b == '.' || b >= 0x80; }

/* ` 1985` at `p`, and no digit behind it. */
static inline int cs_is_year(const uint8_t *in, size_t p, size_t n) {
  if (n - p < 5 || in[p] != ' ') return 0;
  if (in[p + 1] == '1' ? in[p + 2] != '9' && in[p + 2] != '8' : in[p + 1] != '2' || in[p + 2] != '0')
    return 0;
  return cs_is_digit(in[p + 3]) && cs_is_digit(in[p + 4]) && (n - p == 5 || !cs_is_digit(in[p + 5]));
}

/* True when the digit at `p`, behind a blank behind two letters or full stops, begins 9 to 19 digits in
   groups, the first of up to five: 943 476 5919; or a date whose year, 18.., 19.. or 20.., stands behind a
   blank: 12 March 1985, or 12, 1985 behind the month. */
static inline int cs_is_spaced(const uint8_t *in, size_t p, size_t n) {
  if (p < 3 || !cs_is_named(in[p - 2]) || !cs_is_named(in[p - 3])) return 0;
  size_t at = p, end = n - p > CS_LOOK_AHEAD ? p + CS_LOOK_AHEAD : n;
  while (at < end && cs_is_digit(in[at])) at++;
  size_t first = at - p, digits = first;
  if (first > 5 || end - at < 2) return 0;
  if (in[at] == ' ' && cs_is_digit(in[at + 1])) {
    while (end - at > 1 && in[at] == ' ' && cs_is_digit(in[at + 1]))
      for (at++; at < end && cs_is_digit(in[at]); at++) digits++;
    return digits >= 9 && digits <= 19;
  }
  if (first > 2) return 0;
  if (end - p > CS_YEAR_AHEAD) end = p + CS_YEAR_AHEAD;
  for (; at < end; at++) {
    if (cs_is_year(in, at, n)) return 1;
    if (!cs_is_letter(in[at]) && in[at] < 0x80 && in[at] != ' ' && in[at] != '.' && in[at] != ',') return 0;
  }
  return 0;
}

#endif
