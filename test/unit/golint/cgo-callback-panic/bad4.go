// Fails: run: panic: no such session
package main

/*
#include <pthread.h>
extern int onEvent(int session);
static void *work(void *p) { (void)p; onEvent(7); return 0; }
static inline void run(void) {
	pthread_t thread;
	pthread_create(&thread, 0, work, 0);
	pthread_join(thread, 0);
}
*/
import "C"

import "log"

var sessions = map[int]string{1: "one"}

//export onEvent
func onEvent(session C.int) C.int {
	name, ok := sessions[int(session)]
	if !ok {
		log.Panicln("no such session") // want cgo-callback-panic
	}
	return C.int(len(name))
}

func main() {
	C.run()
}
