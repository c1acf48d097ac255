// Session service: looks a session up by its token and extends its lifetime.
package main

import (
	"fmt"
	"time"
)

type session struct {
	user    string
	model   string
	expires time.Time
}

type sessionStore struct {
	byToken map[string]*session
}

func (s *sessionStore) find(token string) *session {
	return s.byToken[token]
}

func (s *sessionStore) open(token, user string, now time.Time) {
	s.byToken[token] = &session{user: user, model: "llama3", expires: now.Add(time.Minute)}
}

func extend(store *sessionStore, token string, by time.Duration) (time.Time, error) {
	current := store.find(token)
	if current == nil {
		return time.Time{}, fmt.Errorf("no session %q", token)
	}
	current.expires = current.expires.Add(by)
	return current.expires, nil
}

func main() {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	store := &sessionStore{byToken: map[string]*session{}}
	store.open("t-1", "ada", start)
	for _, token := range []string{"t-1", "t-expired"} {
		until, err := extend(store, token, time.Hour)
		if err != nil {
			fmt.Println("rejected:", err)
			continue
		}
		fmt.Println("extended to", until.Format(time.TimeOnly))
	}
}
