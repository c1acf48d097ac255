// Calls a model gateway whose certificate is issued once, for a year, when the image was built.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"time"
)

// issue makes a certificate for the loopback address that is its own authority.
func issue(from, until time.Time) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(from.Unix()),
		Subject:               pkix.Name{CommonName: "model-gateway"},
		NotBefore:             from,
		NotAfter:              until,
		IsCA:                  true,
		BasicConstraintsValid: true,
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// gateway keeps a certificate and gets the next one when a rotation is due.
type gateway struct{ certificate tls.Certificate }

func (g *gateway) rotate(now time.Time) {
	g.certificate = issue(now.Add(-time.Hour), now.AddDate(0, 3, 0))
}

func (g *gateway) client() *http.Client {
	roots := x509.NewCertPool()
	authority, err := x509.ParseCertificate(g.certificate.Certificate[0])
	if err != nil {
		panic(err)
	}
	roots.AddCert(authority)
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
}

func mustComplete(client *http.Client, url string) string {
	resp, err := client.Get(url)
	if err != nil {
		panic(fmt.Errorf("complete: %w", err))
	}
	resp.Body.Close()
	return resp.Status
}

func main() {
	now := time.Now()
	g := &gateway{certificate: issue(now.AddDate(-1, 0, 0), now.AddDate(0, 0, -1))}
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{g.certificate}}
	server.StartTLS()
	defer server.Close()
	fmt.Println("gateway answered", mustComplete(g.client(), server.URL))
}
