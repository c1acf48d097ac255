package snippet

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func serve(t *testing.T, handler http.HandlerFunc) (status int, body string, readErr error, logged string) {
	t.Helper()
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	server := httptest.NewServer(recoverPanics(handler))
	defer server.Close()
	response, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, readErr := io.ReadAll(response.Body)
	server.Close()
	return response.StatusCode, string(data), readErr, log.String()
}

func failInDecode() { panic("bad tensor") }

func TestFirstStackIsLogged(t *testing.T) {
	status, _, _, logged := serve(t, func(http.ResponseWriter, *http.Request) { failInDecode() })
	if status != 500 || !strings.Contains(logged, "bad tensor") || !strings.Contains(logged, "failInDecode") {
		t.Fatalf("status %d, logged %s", status, logged)
	}
}

type carried struct{}

func (carried) Stack() []byte { return []byte("stack of the worker") }

func TestStackOfAPanicRaisedAgainIsKept(t *testing.T) {
	_, _, _, logged := serve(t, func(http.ResponseWriter, *http.Request) { panic(carried{}) })
	if !strings.Contains(logged, "stack of the worker") {
		t.Fatalf("logged %s", logged)
	}
}

func TestBegunResponseIsCut(t *testing.T) {
	status, body, readErr, logged := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "first token ")
		w.(http.Flusher).Flush()
		failInDecode()
	})
	if status != 200 || body != "first token " || readErr == nil || !strings.Contains(logged, "bad tensor") {
		t.Fatalf("status %d, body %q, error %v, logged %s", status, body, readErr, logged)
	}
}

func TestFlushAloneBeginsTheResponse(t *testing.T) {
	status, body, readErr, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		http.NewResponseController(w).Flush()
		failInDecode()
	})
	if status != 200 || body != "" || readErr == nil {
		t.Fatalf("status %d, body %q, error %v", status, body, readErr)
	}
}

func TestControllerReachesTheWriterBelow(t *testing.T) {
	_, _, _, logged := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
			t.Error(err)
		}
	})
	if logged != "" {
		t.Fatalf("logged %s", logged)
	}
}
