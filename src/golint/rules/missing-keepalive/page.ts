import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A value is alive until its last use in the machine code. \`C.model_eval(m.handle)\` reads the field before the call;
while C runs, nothing needs \`m\`. A collection in that time queues the finalizer of \`m\`, another thread frees the
handle, and C goes on with freed memory: a crash in C, or a wrong result, and seldom enough to pass every test.

\`\`\`go
func (m *Model) Eval(n int) int {
	return int(C.model_eval(m.handle, C.int(n))) // m is dead here
}
\`\`\`

\`\`\`go
func (m *Model) Eval(n int) int {
	defer runtime.KeepAlive(m)
	return int(C.model_eval(m.handle, C.int(n)))
}
\`\`\`

Reported where \`runtime.SetFinalizer\` or \`runtime.AddCleanup\` of the type frees the very field that is passed to C, and
the value is named neither after the call nor in a deferred call. \`defer m.mu.Unlock()\` keeps it alive as well as
\`runtime.KeepAlive\` does. A caller that uses the value afterwards hides the fault, until one does not.

Not reported: types that are a connection or a statement of a \`database/sql\` driver, which \`database/sql\` itself holds
until it has closed them.
`,
  zh: `对象的存活期到机器码里的最后一次使用为止。\`C.model_eval(m.handle)\` 在调用之前就读出了字段，C 运行时已经没有代码需要
\`m\`。这段时间里如果发生 GC，\`m\` 的 finalizer 就会入队，由另一个线程释放句柄，而 C 还在使用这块内存：
结果是在 C 里崩溃，或者算出错误的结果，而且很少出现，测试往往发现不了。

\`\`\`go
func (m *Model) Eval(n int) int {
	return int(C.model_eval(m.handle, C.int(n))) // 此时 m 已经死亡
}
\`\`\`

\`\`\`go
func (m *Model) Eval(n int) int {
	defer runtime.KeepAlive(m)
	return int(C.model_eval(m.handle, C.int(n)))
}
\`\`\`

报告条件：该类型的 \`runtime.SetFinalizer\` 或 \`runtime.AddCleanup\` 释放的正是传给 C 的那个字段，并且调用之后、
defer 语句里都没有再用到该对象。\`defer m.mu.Unlock()\` 与 \`runtime.KeepAlive\` 一样能保持对象存活。
如果调用方之后还会用到该对象，问题会被掩盖，直到某个调用方不再使用为止。

不报告的情况：\`database/sql\` 驱动的连接和语句类型，它们在关闭之前一直由 \`database/sql\` 自己持有。
`,
};
