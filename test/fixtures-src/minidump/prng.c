/* bcryptprimitives.dll, which Go needs to start and Wine 8 lacks. Not random at all: for fixtures alone. */
#include <windows.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *to, SIZE_T length) {
  static unsigned long long state = 0x9e3779b97f4a7c15ULL;
  for (SIZE_T at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    to[at] = (unsigned char)state;
  }
  return TRUE;
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved) { return TRUE; }
