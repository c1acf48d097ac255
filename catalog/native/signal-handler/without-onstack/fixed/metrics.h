#ifndef METRICS_H
#define METRICS_H

/* Counts SIGUSR1 and passes it on to the handler that was there before. */
int metrics_install(void);
int metrics_seen(void);

#endif
