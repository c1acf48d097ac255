// Parses the chat template that comes with a model and names a function Go does not know.
package main

import (
	"fmt"
	"strings"
	"text/template"
)

type chatModel struct {
	name   string
	prompt *template.Template
}

func raiseException(message string) (string, error) {
	return "", fmt.Errorf("chat template: %s", message)
}

func loadChatModel(name, source string) *chatModel {
	tmpl := template.New(name).Funcs(template.FuncMap{"raise_exception": raiseException})
	return &chatModel{name, template.Must(tmpl.Parse(source))}
}

func (m *chatModel) render(role, content string) (string, error) {
	var prompt strings.Builder
	err := m.prompt.Execute(&prompt, map[string]string{"Role": role, "Content": content})
	return prompt.String(), err
}

func main() {
	m := loadChatModel("llama3", `{{if eq .Role "tool"}}{{raise_exception "no tools"}}{{end}}<|{{.Role}}|>{{.Content}}`)
	fmt.Println(m.render("user", "hi"))
}
