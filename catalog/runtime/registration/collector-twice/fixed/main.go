// Serves two models; each engine registers the metrics it counts its tokens with.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type engine struct {
	model  string
	tokens prometheus.Counter
}

var generatedTokens = prometheus.NewCounterVec(prometheus.CounterOpts{
	Name: "llm_generated_tokens_total",
	Help: "Tokens generated since the engine started.",
}, []string{"model"})

func init() { prometheus.MustRegister(generatedTokens) }

// newEngine is called once for each model the server loads.
func newEngine(model string) *engine {
	return &engine{model: model, tokens: generatedTokens.WithLabelValues(model)}
}

func (e *engine) generate(prompt string) {
	e.tokens.Add(float64(len(strings.Fields(prompt))))
}

// scrape returns the samples of this service, without those of the Go runtime.
func scrape() []string {
	answer := httptest.NewRecorder()
	promhttp.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	var samples []string
	for _, line := range strings.Split(answer.Body.String(), "\n") {
		if strings.HasPrefix(line, "llm_") {
			samples = append(samples, line)
		}
	}
	return samples
}

func main() {
	for _, model := range []string{"llama3", "qwen3"} {
		newEngine(model).generate("why is the sky blue")
		fmt.Println("loaded", model)
	}
	fmt.Println(strings.Join(scrape(), "\n"))
}
