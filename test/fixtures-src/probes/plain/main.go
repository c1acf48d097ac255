// The smallest program: what a build's flags leave in the file is all that matters.
package main

func main() { println("plain") }
