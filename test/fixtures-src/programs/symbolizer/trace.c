#include "trace.h"
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

int ggml_vec_dot(int how) {
  if (how) abort();
  return *(volatile int *)16;
}

int ggml_compute(int how) { return ggml_vec_dot(how) + 1; }

struct trace_arg {
  uintptr_t context;
  uintptr_t sig;
  uintptr_t *buf;
  uintptr_t max;
};

/* Frame pointers: enough for code built with them. */
void trace_stack(void *p) {
  struct trace_arg *arg = p;
  if (arg->sig == 0 || arg->max < 2) return;
  ucontext_t *context = (ucontext_t *)arg->sig;
  uintptr_t fp = context->uc_mcontext.gregs[REG_RBP];
  uintptr_t n = 0;
  arg->buf[n++] = context->uc_mcontext.gregs[REG_RIP];
  while (fp && n < arg->max - 1 && n < 6) {
    uintptr_t *frame = (uintptr_t *)fp;
    if (frame[1] == 0 || frame[0] <= fp) break;
    arg->buf[n++] = frame[1];
    fp = frame[0];
  }
  arg->buf[n] = 0;
}

struct symbol_arg {
  uintptr_t pc;
  const char *file;
  uintptr_t line;
  const char *func;
  uintptr_t entry;
  uintptr_t more;
  uintptr_t data;
};

/* dladdr knows names of exported functions; files and lines we give by name, as a real one reads them in DWARF. */
void trace_symbol(void *p) {
  struct symbol_arg *arg = p;
  Dl_info info;
  arg->func = NULL;
  arg->file = NULL;
  arg->line = 0;
  arg->more = 0;
  if (!dladdr((void *)arg->pc, &info) || !info.dli_sname) return;
  arg->func = info.dli_sname;
  arg->entry = (uintptr_t)info.dli_saddr;
  if (strncmp(info.dli_sname, "ggml_", 5) == 0) {
    arg->file = "/src/llmserver/symbolizer/trace.c";
    arg->line = info.dli_sname[5] == 'v' ? 10 : 13;
  }
}
