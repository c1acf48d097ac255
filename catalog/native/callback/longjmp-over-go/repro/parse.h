#ifndef PARSE_H
#define PARSE_H

/* Parses n tokens read by goRead. -1 when parse_fail was called. */
int parse(int n);

/* Ends the parse that is going on. */
void parse_fail(void);

#endif
