module github.com/acme/llmserver/observed

go 1.20

require (
	k8s.io/apimachinery v0.26.0
	k8s.io/klog/v2 v2.80.1
)

require github.com/go-logr/logr v1.2.3 // indirect
