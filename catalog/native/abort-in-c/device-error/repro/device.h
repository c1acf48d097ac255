#ifndef DEVICE_H
#define DEVICE_H

#include <stddef.h>

enum { DEV_OK, DEV_OUT_OF_MEMORY };

/* Stands in for a CUDA backend with 64 MiB; every call that fails ends the process, as such backends do. */
size_t dev_free_bytes(void);
void *dev_alloc(size_t bytes);
void dev_release(void *p);

#endif
