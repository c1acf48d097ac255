// Panics that web frameworks recover, in the words and stacks of their own. `frameworks KIND`.
package main

import (
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	chimiddleware "github.com/go-chi/chi/v5/middleware"
	"github.com/labstack/echo/v4"
	echomiddleware "github.com/labstack/echo/v4/middleware"
)

type generator struct{ prompts []string }

//go:noinline
func (g *generator) prompt(i int) string {
	return g.prompts[i] // @prompt
}

func handler(kind string, g *generator) http.Handler {
	switch kind {
	case "gin":
		gin.SetMode(gin.ReleaseMode)
		router := gin.New()
		router.Use(gin.Recovery())
		router.GET("/v1/generate", func(c *gin.Context) { c.String(200, g.prompt(3)) })
		return router
	case "chi":
		router := chi.NewRouter()
		router.Use(chimiddleware.Recoverer)
		router.Get("/v1/generate", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(g.prompt(3))) })
		return router
	default:
		router := echo.New()
		router.Use(echomiddleware.Recover())
		router.GET("/v1/generate", func(c echo.Context) error { return c.String(200, g.prompt(3)) })
		return router
	}
}

func main() {
	server := httptest.NewServer(handler(os.Args[1], &generator{}))
	http.Get(server.URL + "/v1/generate")
	server.Close()
}
