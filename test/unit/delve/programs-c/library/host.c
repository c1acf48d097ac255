#include "libpieces.h"

static int lengths(int tokens) {
	int sum = 0;
	for (int token = 0; token < tokens; token++) sum += PieceLength(token);
	return sum;
}

int main(void) { return lengths(5); }
