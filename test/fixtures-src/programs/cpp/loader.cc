#include <stdexcept>
#include <string>

extern "C" void load_model(const char *path) {
  throw std::runtime_error(std::string("failed to open ") + path);
}
