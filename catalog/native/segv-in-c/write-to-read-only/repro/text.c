#include "text.h"

void text_lower(char *text, int n) {
	for (int i = 0; i < n; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] + 'a' - 'A');
}
