#ifndef CSCAN_MEMORY_H
#define CSCAN_MEMORY_H

// No kernel, but there is no other C of ours: makes the allocator keep what was freed: blocks below `block` bytes are never mapped by themselves,
// and the heap is given back only above `heap` bytes. Does nothing where the C library has no such say.
void cs_keep_freed(int block, int heap);

#endif
