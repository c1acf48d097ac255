// What the snippets of snippets/go.json are asked to do. test/unit/snippets/go.test.ts puts each beside its test.
module golm.example/snippets

go 1.24.0

require golang.org/x/sync v0.16.0
