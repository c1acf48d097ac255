#include "gen.h"
#include "_cgo_export.h"

int gen_run(const int *tokens, int n, uintptr_t user) {
	for (int i = 0; i < n; i++) {
		int stop = acceptToken(user, tokens[i]);
		if (stop)
			return stop;
	}
	return 0;
}
