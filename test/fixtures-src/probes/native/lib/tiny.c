/* The library that native/main.go needs. */
int tiny_answer(void) { return 42; }
