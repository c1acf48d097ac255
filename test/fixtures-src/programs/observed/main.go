// `Observed a panic` as Kubernetes components wrote it for years (apimachinery before 0.32).
package main

import (
	"flag"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/klog/v2"
)

type cache struct{ blocks map[string]*int }

//go:noinline
func (c *cache) block(name string) int {
	return *c.blocks[name] // @block
}

func main() {
	klog.InitFlags(nil)
	flag.Parse()
	done := make(chan bool)
	go func() {
		defer close(done)
		defer utilruntime.HandleCrash()
		(&cache{}).block("a")
	}()
	<-done
}
