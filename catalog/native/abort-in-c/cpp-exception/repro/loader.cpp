#include "loader.h"

#include <stdexcept>
#include <string>

static int number_after(const std::string &text, const std::string &key) {
	std::size_t at = text.find(key);
	if (at == std::string::npos)
		throw std::runtime_error("key not found in model: " + key);
	return std::stoi(text.substr(at + key.size()));
}

int loader_layers(const char *description) {
	return number_after(description, "block_count=");
}
