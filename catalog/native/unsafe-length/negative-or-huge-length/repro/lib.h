#ifndef LIB_H
#define LIB_H

/* Writes the logits of the last token; returns their number, or a negative error. */
int lib_logits(int loaded, const float **out);

#endif
