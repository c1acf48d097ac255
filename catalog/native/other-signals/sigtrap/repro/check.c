#include "check.h"

int beam_width(int asked) {
	DEBUG_CHECK(asked <= 8);
	return asked <= 8 ? asked : 8;
}
