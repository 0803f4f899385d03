// Where the parts of a number end.
#ifndef BREACHSCOPE_CSCAN_NUMBER_H
#define BREACHSCOPE_CSCAN_NUMBER_H
#include <stddef.h>
#include <stdint.h>

// All count from where the number was looked for.
typedef struct {
  uint32_t start;       // behind the bytes ) - . / before it
  uint32_t digits_end;  // behind the digits that begin there
  uint32_t joined_end;  // the first byte behind the start's own over which no number goes on: all but [0-9)+.-]
} cs_number;

// Looks at no more than 128 bytes of in[at..<end]; what goes on longer is taken to end there.
cs_number cs_look_at_number(const uint8_t *in, size_t at, size_t end);

#endif
