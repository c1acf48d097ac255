#ifndef TEXT_H
#define TEXT_H

/* Turns ASCII capitals into small letters, in place. */
void text_lower(char *text, int n);

#endif
