#include "cscan_memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void cs_keep_freed(int block, int heap) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, block);
  mallopt(M_TRIM_THRESHOLD, heap);
#else
  (void)block;
  (void)heap;
#endif
}
