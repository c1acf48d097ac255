#ifndef READER_H
#define READER_H

/* Asks the program for the text of each token and counts the bytes. */
int reader_count(int tokens);

#endif
