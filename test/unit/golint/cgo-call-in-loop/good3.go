package main

/*
typedef int level;
struct gpu { int id; };
static void start(struct gpu *g) { g->id++; }
*/
import "C"

func levels(values []int) []C.level {
	out := make([]C.level, len(values))
	for i, v := range values {
		out[i] = C.level(v)
	}
	return out
}

func main() {
	gpus := make([]C.struct_gpu, 2)
	for i := range gpus {
		C.start(&gpus[i])
	}
	levels([]int{1})
}
