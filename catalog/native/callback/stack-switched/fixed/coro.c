#include "coro.h"

#include <stdlib.h>
#include <ucontext.h>

static ucontext_t caller, generator;
static char *stack;
static int token, running;

static void yield(void) {
	swapcontext(&generator, &caller);
}

static void generate(void) {
	for (token = 1; token <= 3; token++) {
		yield();
	}
	running = 0;
}

void coro_start(size_t stack_bytes) {
	stack = malloc(stack_bytes);
	getcontext(&generator);
	generator.uc_stack.ss_sp = stack;
	generator.uc_stack.ss_size = stack_bytes;
	generator.uc_link = &caller;
	makecontext(&generator, generate, 0);
	running = 1;
}

int coro_next(void) {
	swapcontext(&caller, &generator);
	return running ? token : 0;
}

void coro_stop(void) {
	free(stack);
}
