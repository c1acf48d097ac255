#include "dtype.h"

int dtype_block_bytes(enum dtype t) {
	switch (t) {
	case DTYPE_F32:
		return 128;
	case DTYPE_F16:
		return 64;
	case DTYPE_Q8:
		return 34;
	default:
		__builtin_trap();
	}
}
