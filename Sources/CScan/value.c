#include "cscan_value.h"

#include "loads.h"

// Sixteen bytes; the compiler makes vector instructions of it where there are any.
typedef uint8_t block __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

static inline int any(block mask) {
  halves h = (halves)mask;
  return (h[0] | h[1]) != 0;
}

// The block one byte on, with 0 as its last byte.
static inline block next(block b) {
  const block zero = {0};
  return __builtin_shufflevector(b, zero, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
}

static inline block folds(block b) {
  block second = next(b), third = next(second), kana = (block)(b == 0xE3);
  block blank = (block)(second == 0x80) & (block)(third == 0x80);
  block mark = kana & (block)(second == 0x83) & (block)(third == 0xBC);
  block digit = (block)((block)(b - '0') <= 9);
  return (block)(b == 0xE2) | (block)(b == 0xEF) | (kana & blank) | (digit & next(mark));
}

int cs_may_fold(const uint8_t *in, size_t n) {
  block b;
  if (n < 16) {
    b = (block)(halves){n >= 8 ? load64(in) : load_few(in, n),
                        n > 8 ? load64(in + n - 8) >> (8 * (16 - n)) : 0};
    return any(folds(b));
  }
  // A mark behind a digit is four bytes long: blocks that share three bytes hold it whole.
  memcpy(&b, in + n - 16, 16);
  block found = folds(b);
  for (size_t at = 0; n - at > 16; at += 13) {
    memcpy(&b, in + at, 16);
    found |= folds(b);
  }
  return any(found);
}
