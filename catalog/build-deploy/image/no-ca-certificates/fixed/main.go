// Pulls a model over HTTPS with the files that the image's Dockerfile has copied, and no others.
package main

import (
	_ "embed"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
)

//go:embed Dockerfile
var dockerfile string

const bundle = "/etc/ssl/certs/ca-certificates.crt"

// useImage lets this process see the CA bundle only where the image holds one.
func useImage(authority []byte) {
	os.Setenv("SSL_CERT_DIR", "image-without-directory")
	os.Setenv("SSL_CERT_FILE", "image-ca-certificates.crt")
	if strings.Contains(dockerfile, "COPY --from=build "+bundle) {
		os.WriteFile("image-ca-certificates.crt", authority, 0o644)
	}
}

func pull(url string) (string, error) {
	resp, err := http.Get(url)
	if err != nil {
		return "", fmt.Errorf("pull manifest: %w", err)
	}
	defer resp.Body.Close()
	manifest, err := io.ReadAll(resp.Body)
	return string(manifest), err
}

func mustPull(url string) string {
	manifest, err := pull(url)
	if err != nil {
		panic(err)
	}
	return manifest
}

func main() {
	registry := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "model tiny, 1 layer")
	}))
	registry.StartTLS()
	defer registry.Close()
	useImage(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: registry.Certificate().Raw}))
	fmt.Println("pulled:", mustPull(registry.URL))
}
