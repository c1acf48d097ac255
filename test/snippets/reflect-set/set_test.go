package snippet

import "testing"

type inner struct{ Bias []float32 }

type layer struct {
	Weights []float32
	hidden  []float32
	*inner
}

func TestSet(t *testing.T) {
	l := layer{inner: &inner{}}
	for _, name := range []string{"Weights", "Bias"} {
		if err := setField(&l, name, []float32{1}); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.Weights) != 1 || len(l.Bias) != 1 {
		t.Fatalf("got %v, %v", l.Weights, l.Bias)
	}
}

func TestWhatReflectPanicsAtIsAnError(t *testing.T) {
	var none *layer
	for name, err := range map[string]error{
		"nil interface":        setField(nil, "Weights", []float32{}),
		"nil pointer":          setField(none, "Weights", []float32{}),
		"struct by value":      setField(layer{}, "Weights", []float32{}),
		"pointer to a slice":   setField(&[]int{}, "Weights", []float32{}),
		"no such field":        setField(&layer{}, "Weight", []float32{}),
		"unexported field":     setField(&layer{hidden: nil}, "hidden", []float32{}),
		"embedded nil pointer": setField(&layer{}, "Bias", []float32{}),
		"other type":           setField(&layer{}, "Weights", []float64{}),
		"nil value":            setField(&layer{}, "Weights", nil),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
