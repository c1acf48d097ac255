#include "names.h"

#include <stdio.h>
#include <string.h>

int tensor_block(const char *name) {
	char copy[32];
	int block;
	strcpy(copy, name);
	if (sscanf(copy, "blk.%d.", &block) != 1)
		return -1;
	return block;
}
