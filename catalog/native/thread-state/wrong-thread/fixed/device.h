#ifndef DEVICE_H
#define DEVICE_H

/* Stands in for a device library whose context belongs to the thread that made it current, as CUDA's does. */
enum { DEV_OK, DEV_NO_CONTEXT };

int dev_make_current(int device);
int dev_decode(int token, int *next);
const char *dev_error(int status);

#endif
