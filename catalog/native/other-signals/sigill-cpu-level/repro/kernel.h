#ifndef KERNEL_H
#define KERNEL_H

/* 1 when the processor and the kernel offer the tile unit that dot_tile needs. */
int cpu_has_tiles(void);
float dot_tile(const float *a, const float *b, int n);
float dot_plain(const float *a, const float *b, int n);

#endif
