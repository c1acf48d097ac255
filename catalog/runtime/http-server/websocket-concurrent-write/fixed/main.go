// Speech server: sends audio frames over a websocket, while a keep-alive loop sends pings as messages.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const frames = 5000

type session struct {
	conn  *websocket.Conn
	write sync.Mutex
}

// send is the only way to the connection: a websocket allows one writer at a time.
func (s *session) send(kind int, data []byte) error {
	s.write.Lock()
	defer s.write.Unlock()
	return s.conn.WriteMessage(kind, data)
}

func (s *session) sendFrame(pcm []byte) error {
	return s.send(websocket.BinaryMessage, pcm)
}

// keepAlive tells the client that the server still works on its request.
func (s *session) keepAlive(stop *atomic.Bool) {
	for !stop.Load() {
		if err := s.send(websocket.TextMessage, []byte(`{"type":"working"}`)); err != nil {
			return
		}
		time.Sleep(20 * time.Microsecond) // seconds in production
	}
}

func (s *session) stream() error {
	var stop atomic.Bool
	go s.keepAlive(&stop)
	defer stop.Store(true)
	pcm := make([]byte, 960)
	for range frames {
		if err := s.sendFrame(pcm); err != nil {
			return err
		}
	}
	return nil
}

func speak(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	s := &session{conn: conn}
	if err := s.stream(); err != nil {
		fmt.Println("stream:", err)
	}
	conn.SetReadDeadline(time.Now().Add(time.Second))
	conn.ReadMessage() // the client closes
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(speak))
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	received := 0
	for received < frames {
		kind, _, err := conn.ReadMessage()
		if err != nil {
			fmt.Println("client:", err)
			return
		}
		if kind == websocket.BinaryMessage {
			received++
		}
	}
	fmt.Println("received", received, "frames")
}
