#include "names.h"

#include <stdio.h>

int tensor_block(const char *name) {
	int block;
	if (sscanf(name, "blk.%d.", &block) != 1)
		return -1;
	return block;
}
