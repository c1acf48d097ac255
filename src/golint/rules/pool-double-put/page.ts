import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A \`sync.Pool\` does not notice that it holds an object twice. Two calls of \`Get\` then return the same one, and two
requests write into one buffer. It happens where an error's path puts the object back and a deferred Put does so again:

\`\`\`go
buf := buffers.Get().(*bytes.Buffer)
defer buffers.Put(buf)
if err := encode(buf, t); err != nil {
	buffers.Put(buf) // and again at the return
	return err
}
\`\`\`

Keep the deferred Put alone. \`go test -race\` reports the write that follows, far from here.
`,
  zh: `\`sync.Pool\` 不会发现同一对象放进来两次。之后两次 \`Get\` 返回同一个对象，两个请求写进同一个缓冲区。
常见情形是错误路径放回一次，defer 的 Put 又放回一次：

\`\`\`go
buf := buffers.Get().(*bytes.Buffer)
defer buffers.Put(buf)
if err := encode(buf, t); err != nil {
	buffers.Put(buf) // return 时还会再放一次
	return err
}
\`\`\`

只保留 defer 的 Put。\`go test -race\` 报告的是之后的写入，离这里很远。
`,
};
