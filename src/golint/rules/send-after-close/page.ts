import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`close\` says that nobody will send any more. Only a single sender can know that, or somebody who has waited for all
of them. A send that comes later panics with \`send on closed channel\`, a sender that is blocked in its send as well,
and a second close with \`close of closed channel\`. A \`select\` with \`<-ctx.Done()\` beside the send does not help: of
two cases that are ready it takes either, and a send on a closed channel is ready.

\`\`\`go
for _, text := range texts {
	go func() { results <- embed(text) }()
}
select {
case <-all:
case <-ctx.Done():
	close(results) // some still send
}
\`\`\`

Leave the channel open: it costs nothing, the garbage collector takes it. Or wait before the close:

\`\`\`go
go func() {
	workers.Wait()
	close(results)
}()
\`\`\`

To tell senders to stop, close a second channel that nobody sends on, or cancel a context.

Reported: a send or a close behind a close in one function; a local channel closed without a wait while goroutines send
on it, or by each goroutine of a loop; a field closed by a method such as \`Stop\` without a lock or a wait, where a
sender runs in a goroutine of its own or looks at another channel in its \`select\`. Whatever takes a lock, uses
sync.Once or an atomic, or recovers, is left alone.
`,
  zh: `\`close\` 的意思是“不会再有人发送”。只有唯一的发送者，或者等所有发送者都结束的一方，才能这么说。之后的发送会 panic：
\`send on closed channel\`，正阻塞在发送上的 goroutine 也一样；再次关闭则是 \`close of closed channel\`。
在 \`select\` 里加上 \`<-ctx.Done()\` 没有用：两个分支都就绪时任选其一，而向已关闭的 channel 发送总是就绪的。

\`\`\`go
for _, text := range texts {
	go func() { results <- embed(text) }()
}
select {
case <-all:
case <-ctx.Done():
	close(results) // 有的还在发送
}
\`\`\`

不关闭也可以：没有任何代价，垃圾回收器会收走它。或者先等待，再关闭：

\`\`\`go
go func() {
	workers.Wait()
	close(results)
}()
\`\`\`

要通知发送方停下，应关闭另一个没有人发送的 channel，或者取消 context。

报告的情形：同一函数里关闭之后又发送或再次关闭；仍有 goroutine 在发送时未经等待就关闭局部 channel，或循环启动的每个
goroutine 都去关闭；\`Stop\` 之类的方法不加锁、不等待就关闭字段，而发送方在自己的 goroutine 中运行，或在 \`select\`
里同时看着别的 channel。用了锁、sync.Once、原子操作或 recover 的代码不报告。
`,
};
