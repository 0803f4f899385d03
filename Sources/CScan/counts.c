// What a charset detector asks of raw bytes.
#include <string.h>
#include "cscan_decode.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

// The class of a control byte: 1 = counted control, 2 = ESC, 0 = innocent in text.
static inline int control_class(uint8_t byte) {
  if (byte == 0x1B) return 2;
  if (byte >= 0x20) return byte == 0x7F;
  return (byte < 0x09 || byte > 0x0D) && byte != 0x1A && byte != 0;
}

#ifdef __SSE2__
// Bytes other than printable ASCII, LF, CR and TAB.
static inline __m128i odd_bytes(__m128i block) {
  // Signed comparison: bytes 80–FF are negative, too.
  __m128i low = _mm_cmplt_epi8(block, _mm_set1_epi8(0x20));
  __m128i line = _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('\n')),
                              _mm_cmpeq_epi8(block, _mm_set1_epi8('\r')));
  line = _mm_or_si128(line, _mm_cmpeq_epi8(block, _mm_set1_epi8('\t')));
  return _mm_or_si128(_mm_andnot_si128(line, low), _mm_cmpeq_epi8(block, _mm_set1_epi8(0x7F)));
}
#endif

cs_byte_counts cs_count_bytes(const uint8_t *in, size_t n) {
  cs_byte_counts counts = {0, 0, 0, 0, 0};
  size_t i = 0;
  while (i < n) {
#ifdef __SSE2__
    // Of 64 bytes of printable ASCII nothing is counted.
    for (; i + 64 <= n; i += 64) {
      __m128i odd = _mm_setzero_si128();
      for (size_t k = 0; k < 64; k += 16)
        odd = _mm_or_si128(odd, odd_bytes(_mm_loadu_si128((const __m128i *)(const void *)(in + i + k))));
      if (_mm_movemask_epi8(odd)) break;
    }
    for (; i + 16 <= n; i += 16) {
      __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(in + i));
      unsigned high = (unsigned)_mm_movemask_epi8(block);
      if ((unsigned)_mm_movemask_epi8(odd_bytes(block)) & ~high) break;
      if (high != 0) counts.high += (size_t)__builtin_popcount(high);
    }
#endif
    size_t end = n - i < 16 ? n : i + 16;
    for (; i < end; ++i) {
      uint8_t byte = in[i];
      if (byte == 0) {
        if (i & 1) counts.nul_odd += 1;
        else counts.nul_even += 1;
      } else if (byte >= 0x80) {
        counts.high += 1;
      } else {
        int class = control_class(byte);
        counts.control += class == 1;
        counts.escape += class == 2;
      }
    }
  }
  return counts;
}

size_t cs_ascii_prefix(const uint8_t *in, size_t n) {
  size_t i = 0;
  for (; i + 64 <= n; i += 64) {
    uint64_t words[8], any = 0;
    memcpy(words, in + i, 64);
    for (int k = 0; k < 8; ++k) any |= words[k];
    if (any & 0x8080808080808080u) break;
  }
  while (i < n && in[i] < 0x80) ++i;
  return i;
}
