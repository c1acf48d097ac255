import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A deadline and a cancellation reach only as far as the context is passed on. A call under \`context.Background()\` starts
a new chain: the client is gone, the load balancer has tried again, and the query or the generation runs to its end.

\`\`\`go
func (s *Server) Generate(ctx context.Context, prompt string) (string, error) {
	ctxCall, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return s.model.Generate(ctxCall, prompt)
}
\`\`\`

\`\`\`go
func (s *Server) Generate(ctx context.Context, prompt string) (string, error) {
	ctxCall, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return s.model.Generate(ctxCall, prompt)
}
\`\`\`

\`http.NewRequest\` is a new chain as well; \`http.NewRequestWithContext\` is not.

Work that shall outlive the call says so with \`context.WithoutCancel(ctx)\` (Go 1.21), which keeps the values.

Not reported: goroutines, defer, functions and calls whose name says that they end, reset or clean up something,
deadlines of hours, functions that look at \`ctx.Done()\` or \`ctx.Err()\`, calls that only log or count, lines with a
comment about the context, tests.
`,
  zh: `期限和取消只能到达 context 传到的地方。用 \`context.Background()\` 发起的调用是一条新链：客户端已经离开，
负载均衡器已经重试，查询或生成却还要跑完。

\`\`\`go
func (s *Server) Generate(ctx context.Context, prompt string) (string, error) {
	ctxCall, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return s.model.Generate(ctxCall, prompt)
}
\`\`\`

\`\`\`go
func (s *Server) Generate(ctx context.Context, prompt string) (string, error) {
	ctxCall, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return s.model.Generate(ctxCall, prompt)
}
\`\`\`

\`http.NewRequest\` 同样是一条新链，\`http.NewRequestWithContext\` 则不是。

如果工作确实要比调用活得更久，请用 \`context.WithoutCancel(ctx)\`（Go 1.21）写明，它保留 context 中的值。

不报告的情况：goroutine、defer、从名字看是结束、重置或清理的函数和调用、以小时计的期限、查看 \`ctx.Done()\` 或 \`ctx.Err()\` 的函数、
只写日志或计数的调用、附近有注释说明 context 的行，以及测试。
`,
};
