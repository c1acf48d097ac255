module golm.example/texts

go 1.24
