#ifndef LOADER_H
#define LOADER_H

#ifdef __cplusplus
extern "C" {
#endif

/* Number of layers in a model's description, -1 when it has none. */
int loader_layers(const char *description);

#ifdef __cplusplus
}
#endif

#endif
