#include "stream.h"
#include "_cgo_export.h"

void stream_generate(int tokens, uintptr_t user) {
	for (int i = 0; i < tokens; i++)
		onToken(user, i);
}

void stream_flush(uintptr_t user) {
	onToken(user, -1);
}
