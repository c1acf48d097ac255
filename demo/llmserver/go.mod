module example.com/llmserver

go 1.24
