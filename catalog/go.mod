module golm.example/catalog

go 1.24
