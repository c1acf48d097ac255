#ifndef TUNER_H
#define TUNER_H

typedef struct {
	int step;
	float loss[1 << 20];
} history;

history *history_new(void);
void history_free(history *h);

/* Keeps user and passes it to stepDone on every step. */
void tuner_start(void *user);
void tuner_step(float loss);

#endif
