package main

func upper(s string) string {
	b := []byte(s)
	b[0] -= 'a' - 'A'
	copy(b[1:], "xy")
	return string(b)
}

func main() { println(upper("abc")) }
