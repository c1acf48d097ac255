package main

/*
#include <stdlib.h>
#include <unistd.h>

typedef struct { int alive; } database;

static database *database_open(void) { database *d = malloc(sizeof *d); d->alive = 1; return d; }
static void database_close(database *d) { d->alive = 0; }
static int database_limit(database *d) { usleep(50000); return d->alive; }
*/
import "C"

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"runtime"
	"time"
)

type opener struct{}

func (opener) Open(string) (driver.Conn, error) {
	c := &conn{handle: C.database_open()}
	//golm:ignore finalizer-to-cleanup the library builds with Go 1.23 too
	runtime.SetFinalizer(c, (*conn).Close)
	return c, nil
}

// database/sql holds the connection until it has closed it, while Raw lends it out too.
type conn struct{ handle *C.database }

func (c *conn) Prepare(string) (driver.Stmt, error) { return nil, errors.New("nothing to prepare") }
func (c *conn) Begin() (driver.Tx, error)           { return nil, errors.New("nothing to begin") }

func (c *conn) Close() error {
	runtime.SetFinalizer(c, nil)
	C.database_close(c.handle)
	return nil
}

func (c *conn) Limit() int { return int(C.database_limit(c.handle)) }

func main() {
	go collect()
	sql.Register("own", opener{})
	db, err := sql.Open("own", "")
	if err != nil {
		panic(err)
	}
	one, err := db.Conn(context.Background())
	if err != nil {
		panic(err)
	}
	_ = one.Raw(func(c any) error {
		if c.(*conn).Limit() != 1 {
			panic("closed while in use")
		}
		return nil
	})
	_ = db.Close()
}

func collect() {
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
