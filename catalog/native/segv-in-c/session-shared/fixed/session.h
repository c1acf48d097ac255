#ifndef SESSION_H
#define SESSION_H

#include <stddef.h>

/* A session owns its scratch memory, which grows with the longest input. One run at a time. */
typedef struct {
	size_t room;
	float *scratch;
} session;

session *session_open(void);
float session_run(session *s, const int *tokens, size_t n);
void session_close(session *s);

#endif
