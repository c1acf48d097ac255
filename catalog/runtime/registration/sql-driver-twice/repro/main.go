// Registers a tracing SQL driver each time a store is opened.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
)

// tracedDriver stands between database/sql and the driver of the vector store.
type tracedDriver struct{}

func (tracedDriver) Open(name string) (driver.Conn, error) {
	return nil, errors.New("vector store is down")
}

var registerOnce sync.Once

func openStore(dsn string) (*sql.DB, error) {
	sql.Register("traced-pgvector", tracedDriver{})
	return sql.Open("traced-pgvector", dsn)
}

func main() {
	for _, dsn := range []string{"documents", "conversations"} {
		db, err := openStore(dsn)
		if err != nil {
			panic(err)
		}
		fmt.Println(dsn, db.PingContext(context.Background()))
		db.Close()
	}
}
