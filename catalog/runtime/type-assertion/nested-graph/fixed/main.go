// An agent runs as a graph of nodes. A callback collects the answer when a graph ends; a tool brings its own graph.
package main

import "fmt"

type message struct{ role, content string }

type node interface{ run(input any) any }

type graph struct {
	name  string
	nodes []node
	onEnd func(graph string, output any)
}

func (g *graph) run(input any) any {
	for _, n := range g.nodes {
		input = n.run(input)
	}
	g.onEnd(g.name, input)
	return input
}

type chatModel struct{}

func (chatModel) run(input any) any {
	return message{"assistant", fmt.Sprint("answer to ", input)}
}

// search finds documents: what a retrieval graph returns is no message.
type search struct{}

func (search) run(input any) any {
	return []string{"rayleigh.md", fmt.Sprint(input)}
}

// withCallback sets the callback in g and in every graph inside it.
func withCallback(g *graph, onEnd func(string, any)) {
	g.onEnd = onEnd
	for _, n := range g.nodes {
		if inner, ok := n.(*graph); ok {
			withCallback(inner, onEnd)
		}
	}
}

type agent struct {
	graph  *graph
	answer message
}

func (a *agent) collect(name string, output any) {
	if name != a.graph.name {
		return
	}
	a.answer = output.(message)
}

func (a *agent) ask(prompt string) string {
	withCallback(a.graph, a.collect)
	a.graph.run(prompt)
	return a.answer.content
}

func main() {
	plain := &agent{graph: &graph{name: "agent", nodes: []node{chatModel{}}}}
	fmt.Println(plain.ask("why is the sky blue"))
	retrieval := &graph{name: "retrieval", nodes: []node{search{}}}
	grounded := &agent{graph: &graph{name: "agent", nodes: []node{retrieval, chatModel{}}}}
	fmt.Println(grounded.ask("why is the sky blue"))
}
