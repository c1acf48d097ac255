extern void trace_stack(void *);
extern void trace_symbol(void *);
extern int ggml_compute(int how);
