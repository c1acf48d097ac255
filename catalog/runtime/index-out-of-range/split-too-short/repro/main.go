// API gateway: reads the bearer token out of the Authorization header.
package main

import (
	"errors"
	"fmt"
	"strings"
)

var errNoToken = errors.New("authorization header holds no token")

func bearerToken(header string) (string, error) {
	parts := strings.Split(header, " ")
	if !strings.EqualFold(parts[0], "bearer") {
		return "", fmt.Errorf("scheme %q is not supported", parts[0])
	}
	return parts[1], nil
}

func main() {
	for _, header := range []string{"Bearer sk-123", "Basic dXNlcg==", "bearer"} {
		token, err := bearerToken(header)
		fmt.Printf("%q: %q %v\n", header, token, err)
	}
}
