// Fails: run: the library is still locked
package main

/*
static int locked;
extern int onRow(int row);
static inline int isLocked(void) { return locked; }
static inline void each(int n) {
	locked = 1;
	for (int i = 0; i < n; i++) onRow(i);
	locked = 0;
}
*/
import "C"

import "fmt"

var handlers = map[int]func(int) int{}

//export onRow
func onRow(row C.int) C.int {
	return C.int(handlers[0](int(row))) // want cgo-callback-panic
}

func query() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("query: %v", r)
		}
	}()
	C.each(3)
	return nil
}

func main() {
	names := []string{"a"}
	handlers[0] = func(row int) int { return len(names[row]) }
	err := query()
	if C.isLocked() == 1 {
		fmt.Println("the library is still locked:", err)
	}
}
