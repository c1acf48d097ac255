/* A library as it is delivered: built without -g and stripped. What it does not export has no name in it. */
static volatile int *table;

static __attribute__((noinline)) int lookup(int token) { return table[token] + 1; }

int vocab_encode(int token) { return lookup(token) * 2; }
