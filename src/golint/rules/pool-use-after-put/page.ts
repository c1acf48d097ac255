import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`pool.Put(x)\` gives x away. The next \`Get\`, in whichever goroutine, may return it, and then two write to the same
memory. What a buffer's \`Bytes()\` returned, or a slice of it, is the same memory under another name.

A deferred Put runs before the caller has the result:

\`\`\`go
func render(t Token) []byte {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	encode(buf, t)
	return buf.Bytes() // the next request writes into it
}
\`\`\`

\`\`\`go
func render(t Token) []byte {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	encode(buf, t)
	return bytes.Clone(buf.Bytes())
}
\`\`\`

\`go test -race\` sees it only when two goroutines meet. Followed is one variable inside one function; functions of the
package that do nothing but put their argument back count as Put.
`,
  zh: `\`pool.Put(x)\` 之后 x 就不再属于你。任何 goroutine 的下一次 \`Get\` 都可能拿到它，于是两边写同一块内存。
\`Bytes()\` 的返回值以及它的切片，只是同一块内存的另一个名字。

defer 的 Put 在调用方拿到结果之前执行：

\`\`\`go
func render(t Token) []byte {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	encode(buf, t)
	return buf.Bytes() // 下一个请求会写进这里
}
\`\`\`

\`\`\`go
func render(t Token) []byte {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	encode(buf, t)
	return bytes.Clone(buf.Bytes())
}
\`\`\`

只有两个 goroutine 恰好相遇，\`go test -race\` 才能发现。本规则在一个函数内跟踪一个变量；包内只负责把参数放回池的函数也算作 Put。
`,
};
