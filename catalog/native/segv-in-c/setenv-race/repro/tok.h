#ifndef TOK_H
#define TOK_H

/* Counts the tokens of n texts with as many threads as TOK_NUM_THREADS says, which is read at every text. */
long tok_count(int n);

#endif
