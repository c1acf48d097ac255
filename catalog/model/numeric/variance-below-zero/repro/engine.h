#define WIDTH 32
#define VOCAB 4

// logits holds the scores of the last step, one for each token.
extern float logits[VOCAB];

// forward takes one embedding through the model, into logits. It returns the stage whose output is not finite, or NULL.
const char *forward(const float *embedding);
