// Environment overrides: sets the fields of a configuration from variables of the same name.
package main

import (
	"fmt"
	"reflect"
	"strconv"
)

type config struct {
	MaxQueue int
	Parallel int
}

func override(target any, env map[string]string) error {
	v := reflect.Indirect(reflect.ValueOf(target))
	for i := range v.NumField() {
		text, ok := env[v.Type().Field(i).Name]
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		v.Field(i).SetInt(n)
	}
	return nil
}

func main() {
	c := config{MaxQueue: 512, Parallel: 1}
	err := override(&c, map[string]string{"Parallel": "4"})
	fmt.Println(c, err)
}
