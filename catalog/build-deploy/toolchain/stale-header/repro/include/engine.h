/* Vendored with the bindings. */
#define ENGINE_VERSION 104

struct engine_params {
	int context;
	int threads;
};

int engine_version(void);
int engine_start(const struct engine_params *params);
