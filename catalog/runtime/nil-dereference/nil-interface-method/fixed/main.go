// Upload service: an optional metrics sink is called for every stored part.
package main

import "fmt"

type sink interface {
	Count(name string, n int)
	Flush()
}

type stdoutSink struct{}

func (stdoutSink) Count(name string, n int) { fmt.Println("metric", name, n) }
func (stdoutSink) Flush()                   {}

// noSink stands in where no sink was given.
type noSink struct{}

func (noSink) Count(string, int) {}
func (noSink) Flush()            {}

type uploader struct {
	bucket  string
	metrics sink
}

type option func(*uploader)

func withMetrics(s sink) option { return func(u *uploader) { u.metrics = s } }

func newUploader(bucket string, opts ...option) *uploader {
	u := &uploader{bucket: bucket, metrics: noSink{}}
	for _, apply := range opts {
		apply(u)
	}
	return u
}

func (u *uploader) put(part []byte) {
	u.metrics.Count("upload.bytes", len(part))
}

func main() {
	newUploader("blobs", withMetrics(stdoutSink{})).put([]byte("abc"))
	newUploader("archive").put([]byte("def"))
	fmt.Println("stored")
}
