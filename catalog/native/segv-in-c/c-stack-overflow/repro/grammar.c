#include <string.h>

#include "grammar.h"

static int rule_depth(const char **at, int depth, int limit) {
	char name[512];
	size_t n = strcspn(*at, "[]");
	memcpy(name, *at, n < sizeof name ? n : sizeof name);
	*at += n;
	int deepest = depth;
	while (**at == '[') {
		++*at;
		if (limit > 0 && depth == limit)
			return -1;
		int d = rule_depth(at, depth + 1, limit);
		if (d < 0)
			return -1;
		if (d > deepest)
			deepest = d;
	}
	if (**at == ']')
		++*at;
	return deepest + (name[0] == '!');
}

int grammar_depth(const char *rule, int limit) {
	return rule_depth(&rule, 0, limit);
}
