package main

import "unsafe"

func toBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func main() { println(len(toBytes("text"))) }
