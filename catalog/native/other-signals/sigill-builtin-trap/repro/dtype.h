#ifndef DTYPE_H
#define DTYPE_H

enum dtype { DTYPE_F32, DTYPE_F16, DTYPE_Q8, DTYPE_COUNT };

int dtype_block_bytes(enum dtype t);

#endif
