#ifndef GRAMMAR_H
#define GRAMMAR_H

/* Depth of the brackets in a rule, -1 when it is deeper than limit (0: no limit). */
int grammar_depth(const char *rule, int limit);

#endif
