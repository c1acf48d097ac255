// Package broken does not compile.
package broken

// Name is not a number.
var Name int = "llama"
