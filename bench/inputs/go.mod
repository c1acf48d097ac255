module golm.example/inputs

go 1.24
