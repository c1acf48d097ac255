// A recovered panic, or the stack of a healthy goroutine, as the loggers people use write them. `loggers KIND`.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"github.com/golang/glog"
	pkgerrors "github.com/pkg/errors"
	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/klog/v2"
)

type cache struct{ blocks []int }

//go:noinline
func (c *cache) block(i int) int {
	return c.blocks[i] // @block
}

// recovered runs the faulty code and hands over what was recovered, from within the deferred call.
func recovered(report func(v any, stack []byte)) {
	defer func() {
		if v := recover(); v != nil {
			report(v, debug.Stack())
		}
	}()
	fmt.Println((&cache{}).block(7))
}

func zapLogger(console bool) *zap.Logger {
	config := zap.NewProductionConfig()
	if console {
		config = zap.NewDevelopmentConfig()
	}
	logger, err := config.Build()
	if err != nil {
		log.Fatal(err)
	}
	return logger
}

func main() {
	flag.Set("logtostderr", "true")
	switch kind := os.Args[1]; kind {
	case "zap-json":
		recovered(func(v any, stack []byte) {
			zapLogger(false).Error("recovered from panic", zap.Any("panic", v), zap.ByteString("stack", stack))
		})
	case "zap-stacktrace":
		zapLogger(false).Error("decode failed", zap.Error(errors.New("unexpected EOF")))
	case "zap-panic":
		zapLogger(false).Panic("cannot load model", zap.String("path", "/models/llama.gguf")) // @zap-panic
	case "zap-console":
		recovered(func(v any, stack []byte) {
			zapLogger(true).Warn("recovered", zap.Any("panic", v), zap.String("stack", string(stack)))
		})
	case "slog-json":
		recovered(func(v any, stack []byte) {
			slog.New(slog.NewJSONHandler(os.Stderr, nil)).Error("panic in handler", "err", v, "stack", string(stack))
		})
	case "slog-text":
		recovered(func(v any, stack []byte) {
			slog.New(slog.NewTextHandler(os.Stderr, nil)).Error("panic in handler", "err", v, "stack", string(stack))
		})
	case "logrus-text":
		recovered(func(v any, stack []byte) {
			logrus.WithField("stack", string(stack)).Errorf("panic recovered: %v", v)
		})
	case "logrus-json":
		logrus.SetFormatter(&logrus.JSONFormatter{})
		recovered(func(v any, stack []byte) {
			logrus.WithField("stack", string(stack)).Errorf("panic recovered: %v", v)
		})
	case "logrus-panic":
		logrus.WithField("model", "llama-3").Panic("cannot load model") // @logrus-panic
	case "zerolog-json":
		recovered(func(v any, stack []byte) {
			logger := zerolog.New(os.Stderr).With().Timestamp().Logger()
			logger.Error().Str("panic", fmt.Sprint(v)).Bytes("stack", stack).Msg("recovered")
		})
	case "zerolog-console":
		recovered(func(v any, stack []byte) {
			logger := zerolog.New(zerolog.ConsoleWriter{Out: os.Stderr, TimeFormat: time.Kitchen}).With().Timestamp().Logger()
			logger.Error().Msgf("recovered %v\n%s", v, stack)
		})
	case "std-log":
		recovered(func(v any, stack []byte) { log.Printf("panic: %v\n\n%s", v, stack) })
	case "std-log-panic":
		log.Panicf("cannot load %s", "/models/llama.gguf") // @std-log-panic
	case "klog-observed":
		func() {
			defer utilruntime.HandleCrash()
			(&cache{}).block(7)
		}()
	case "klog-error":
		recovered(func(v any, stack []byte) { klog.Errorf("recovered from %v: %s", v, stack) })
	case "glog-fatal":
		glog.Fatalf("cannot load %s", "/models/llama.gguf") // @glog-fatal
	case "klog-fatal":
		klog.Fatalf("cannot load %s", "/models/llama.gguf") // @klog-fatal
	case "pkg-errors":
		log.Printf("request failed: %+v", pkgerrors.Wrap(errors.New("model busy"), "schedule"))
	case "debug-stack":
		log.Printf("state of the server:\n%s", debug.Stack())
	case "print-stack":
		debug.PrintStack()
	}
}
