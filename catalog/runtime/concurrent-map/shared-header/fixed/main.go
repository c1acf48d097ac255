// Fans a prompt out to several upstreams whose requests share one header map.
package main

import (
	"fmt"
	"net/http"
	"sync"
)

type upstream struct {
	url     string
	headers http.Header
}

func (u *upstream) request(id int) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodPost, u.url, nil)
	if err != nil {
		return nil, err
	}
	req.Header = u.headers.Clone()
	req.Header.Set("X-Request-Id", fmt.Sprint(id))
	return req, nil
}

func main() {
	u := &upstream{
		url:     "http://upstream.internal/v1/chat/completions",
		headers: http.Header{"Authorization": {"Bearer none"}},
	}
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 60_000 {
				if _, err := u.request(worker*60_000 + i); err != nil {
					panic(err)
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println("default headers:", len(u.headers))
}
