#ifndef TEXT_H
#define TEXT_H

/* Text of a token. Points into the vocabulary: the caller does not own it. */
const char *vocab_piece(int token);

#endif
