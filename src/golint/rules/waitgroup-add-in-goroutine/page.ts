import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`Wait\` returns at once when the counter is zero. A goroutine that counts itself may not have run when \`Wait\` looks, and
is then left behind: results are missing, channels are closed under it, or \`Add called concurrently with Wait\` panics.

\`\`\`go
go func() {
	workers.Add(1) // Wait may have returned already
	defer workers.Done()
	embed(text)
}()
workers.Wait()
\`\`\`

\`\`\`go
workers.Add(1)
go func() {
	defer workers.Done()
	embed(text)
}()
workers.Wait()
\`\`\`

From Go 1.25, \`workers.Go(func() { embed(text) })\` does both.

Reported where a goroutine's first statement counts itself on a WaitGroup of the function that waits, and nothing has
counted it before. \`go vet\` shows most of these from Go 1.25.
`,
  zh: `计数为零时 \`Wait\` 立即返回。由 goroutine 自己计数的话，\`Wait\` 检查时它可能还没运行，于是没人等它：结果缺失，
它使用的 channel 被关闭，或者 panic：\`Add called concurrently with Wait\`。

\`\`\`go
go func() {
	workers.Add(1) // Wait 可能已经返回
	defer workers.Done()
	embed(text)
}()
workers.Wait()
\`\`\`

\`\`\`go
workers.Add(1)
go func() {
	defer workers.Done()
	embed(text)
}()
workers.Wait()
\`\`\`

从 Go 1.25 起，\`workers.Go(func() { embed(text) })\` 一步完成这两件事。

报告的情形：goroutine 的第一条语句在等待方的 WaitGroup 上给自己计数，而此前没有任何地方计数。从 Go 1.25 起 \`go vet\`
也会显示其中大部分。
`,
};
