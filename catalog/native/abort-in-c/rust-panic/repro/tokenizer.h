#ifndef TOKENIZER_H
#define TOKENIZER_H

unsigned tokenizer_size(void);
/* Number of bytes the token's text takes. */
unsigned tokenizer_len(unsigned token);

#endif
