#include "parse.h"

#include <setjmp.h>

extern int goRead(int at);

static jmp_buf failed;

int parse(int n) {
	if (setjmp(failed))
		return -1;
	int sum = 0;
	for (int i = 0; i < n; i++)
		sum += goRead(i);
	return sum;
}

void parse_fail(void) {
	longjmp(failed, 1);
}
