#ifndef ENGINE_H
#define ENGINE_H

typedef struct {
	int n_ctx;
	int n_batch;
	const char *lora_path; /* may be empty */
	int n_threads;
} engine_params;

/* Bytes of memory an engine with these parameters takes. */
long engine_memory(const engine_params *p);

#endif
