#ifndef PROBE_H
#define PROBE_H

/* Runs the health probe once on a thread of the library; 0 is healthy. */
int probe_once(void);

#endif
