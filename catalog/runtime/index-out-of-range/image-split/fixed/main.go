// Prepares prompts with images for batches. An image's inputs must stay in one batch; its first input says how many.
package main

import "fmt"

const batchSize = 6

type input struct {
	token int
	patch []float32
	// sameBatch inputs after this one have to be in its batch.
	sameBatch int
}

// visionStart opens every image.
const visionStart = 151652

type image struct{ rows, columns int }

// prepare turns an image into its inputs.
func (im image) prepare() []*input {
	start := &input{token: visionStart, sameBatch: im.rows * im.columns}
	inputs := []*input{start}
	for range im.rows * im.columns {
		inputs = append(inputs, &input{patch: []float32{0.5}})
	}
	return inputs
}

// batches cuts the prompt, and never behind an input that wants more in its batch.
func batches(prompt []*input) [][]*input {
	var all [][]*input
	var batch []*input
	for _, in := range prompt {
		if len(batch) == batchSize || len(batch)+1+in.sameBatch > batchSize {
			all, batch = append(all, batch), nil
		}
		batch = append(batch, in)
	}
	return append(all, batch)
}

// encodeImage reads the grid of patches behind a start token.
func encodeImage(im image, patches []*input) (sum float32) {
	for row := range im.rows {
		for column := range im.columns {
			sum += patches[row*im.columns+column].patch[0]
		}
	}
	return sum
}

func forward(images []image, batch []*input) []image {
	for i, in := range batch {
		if in.token == visionStart {
			fmt.Println("image", images[0], encodeImage(images[0], batch[i+1:]))
			images = images[1:]
		}
	}
	return images
}

func generate(text int, images ...image) {
	prompt := make([]*input, 0, text)
	for range text {
		prompt = append(prompt, &input{token: 9707})
	}
	for _, im := range images {
		prompt = append(prompt, im.prepare()...)
	}
	for _, batch := range batches(prompt) {
		images = forward(images, batch)
	}
}

func main() {
	generate(3, image{2, 2})
	generate(3, image{2, 2}, image{1, 1})
}
