package main

/*
static int cblas_sgemm(void) { return 1; }
static void openblas_set_num_threads(int n) { (void)n; }
static void omp_set_num_threads(int n) { (void)n; }
*/
import "C"

// The first is of the process; the second comes last.
func main() {
	C.openblas_set_num_threads(4)
	C.cblas_sgemm()
	C.omp_set_num_threads(1)
}
