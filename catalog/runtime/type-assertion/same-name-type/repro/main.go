// Keeps prompt templates in a cache; one part of the program stores html templates.
package main

import (
	"fmt"
	htmltemplate "html/template"
	"os"
	"strings"
	"text/template"
)

type templateCache map[string]any

func (c templateCache) add(name, text string) {
	c[name] = htmltemplate.Must(htmltemplate.New(name).Parse(text))
}

func (c templateCache) render(name string, data any) (string, error) {
	tmpl := c[name].(*template.Template)
	var prompt strings.Builder
	err := tmpl.Execute(&prompt, data)
	return prompt.String(), err
}

func main() {
	page := htmltemplate.Must(htmltemplate.New("page").Parse("<h1>{{.}}</h1>\n"))
	if err := page.Execute(os.Stdout, "playground"); err != nil {
		panic(err)
	}
	prompts := templateCache{}
	prompts.add("chat", "<|user|>{{.}}<|assistant|>")
	fmt.Println(prompts.render("chat", "is 1 < 2?"))
}
