package snippet

// Model stands for whatever the registry holds.
type Model struct{ name string }
