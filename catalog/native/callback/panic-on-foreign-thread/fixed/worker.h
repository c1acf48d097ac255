#ifndef WORKER_H
#define WORKER_H

/* Loads n shards on a thread of the library and reports each to shardLoaded. */
int worker_load(int n);

#endif
