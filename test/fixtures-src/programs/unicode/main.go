// Names outside ASCII, in functions, types and values.
package main

type 模型 struct{ 权重 []float32 }

//go:noinline
func (m *模型) 取值(i int) float32 {
	return m.权重[i] // @unicode
}

func größe(n int) int {
	defer func() {
		if r := recover(); r != nil {
			panic("加载失败：模型文件已损坏 💥\n第二行")
		}
	}()
	return int((&模型{}).取值(n))
}

func main() { größe(2) }
