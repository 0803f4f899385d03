// The kernel for e-mail addresses.
#ifndef BREACHSCOPE_CSCAN_MAILBOX_H
#define BREACHSCOPE_CSCAN_MAILBOX_H
#include <stddef.h>
#include <stdint.h>

// A bit for each byte, the first byte's lowest: letters and digits, dots, '@', hyphens and low
// lines, plus signs.
typedef struct {
  uint64_t words, dots, ats, dashes, pluses;
} cs_mailbox;

// Marks the n bytes (8…64) and writes them with ASCII letters in lower case; `out` has room for 64.
void cs_mark_mailbox(const uint8_t *in, size_t n, uint8_t *out, cs_mailbox *marks);

#endif
