#include "engine/engine.h"

int engine_version(void) { return ENGINE_VERSION; }

int engine_start(const struct engine_params *params) { return params->threads; }
