import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `net/http's own ResponseWriter can Flush and Hijack. A logging or metrics middleware hands on a struct that embeds
\`http.ResponseWriter\`, and an embedded interface has that interface's methods alone. The handler that streamed
tokens yesterday panics with "interface conversion: ... missing method Flush" once the middleware is added.

\`\`\`go
for token := range tokens {
	fmt.Fprintf(w, "data: %s\\n\\n", token)
	w.(http.Flusher).Flush()
}
\`\`\`

\`\`\`go
flush := http.NewResponseController(w) // Go 1.20; looks through Unwrap
for token := range tokens {
	fmt.Fprintf(w, "data: %s\\n\\n", token)
	if err := flush.Flush(); err != nil {
		return
	}
}
\`\`\`

Before Go 1.20, ask with \`f, ok := w.(http.Flusher)\` and answer 500 where it is missing. A middleware should have
\`Unwrap() http.ResponseWriter\`.
`,
  zh: `net/http 自带的 ResponseWriter 支持 Flush 和 Hijack。日志或指标中间件往下传的是嵌入 \`http.ResponseWriter\` 的结构体，
而嵌入接口只带来该接口自己的方法。昨天还能流式输出 token 的 handler，加上中间件之后就会 panic：
"interface conversion: ... missing method Flush"。

\`\`\`go
for token := range tokens {
	fmt.Fprintf(w, "data: %s\\n\\n", token)
	w.(http.Flusher).Flush()
}
\`\`\`

\`\`\`go
flush := http.NewResponseController(w) // Go 1.20 起；会沿 Unwrap 查找
for token := range tokens {
	fmt.Fprintf(w, "data: %s\\n\\n", token)
	if err := flush.Flush(); err != nil {
		return
	}
}
\`\`\`

Go 1.20 之前，用 \`f, ok := w.(http.Flusher)\` 先问一句，没有就返回 500。中间件应当提供
\`Unwrap() http.ResponseWriter\`。
`,
};
