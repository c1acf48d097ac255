#include <string.h>

#include "reader.h"
#include "_cgo_export.h"

int reader_count(int tokens) {
	int bytes = 0;
	for (int i = 0; i < tokens; i++)
		bytes += (int)strlen(tokenText(i));
	return bytes;
}
