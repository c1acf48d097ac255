#include "kernel.h"

float dot_plain(const float *a, const float *b, int n) {
	float sum = 0;
	for (int i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

int cpu_has_tiles(void) {
	return 0; /* this process never asked the kernel for them */
}

float dot_tile(const float *a, const float *b, int n) {
#if defined(__x86_64__)
	__asm__ volatile(".byte 0xc4, 0xe2, 0x7b, 0x49, 0xc0"); /* tilezero tmm0 */
#elif defined(__aarch64__)
	__asm__ volatile(".inst 0x00000000"); /* udf */
#else
	__builtin_trap();
#endif
	return dot_plain(a, b, n);
}
