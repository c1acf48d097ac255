import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A panic in an \`//export\` function unwinds to the border of C. When the Go caller beyond C recovers, the C frames are
skipped: what they locked stays locked, what they allocated stays allocated. When nobody does, or when C called from a
thread of its own, the process ends.

\`\`\`go
//export onToken
func onToken(h C.uintptr_t, token C.int) {
	callbacks[h](int(token)) // somebody's function: it may panic
}
\`\`\`

Recover in the exported function and tell C by its result:

\`\`\`go
//export onToken
func onToken(h C.uintptr_t, token C.int) (status C.int) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("onToken: %v", r)
			status = -1
		}
	}()
	callbacks[h](int(token))
	return 0
}
\`\`\`

A hint, because a panic is sometimes meant. Reported: a \`panic\` in the exported function itself, and calls of functions
that were handed in. Not looked at: what could panic in other ways, and the functions it calls.
`,
  zh: `\`//export\` 函数里的 panic 会一直展开到 C 的边界。如果 C 外层的 Go 调用者 recover 了，C 的栈帧就被直接跳过：锁不会解开，内存不会释放。
如果没人 recover，或者 C 是从自己的线程调用的，进程就结束。

\`\`\`go
//export onToken
func onToken(h C.uintptr_t, token C.int) {
	callbacks[h](int(token)) // 别人的函数，可能 panic
}
\`\`\`

请在导出函数里 recover，用返回值告诉 C：

\`\`\`go
//export onToken
func onToken(h C.uintptr_t, token C.int) (status C.int) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("onToken: %v", r)
			status = -1
		}
	}()
	callbacks[h](int(token))
	return 0
}
\`\`\`

只作提示，因为有时 panic 是有意的。报告的情况：导出函数自己调用 \`panic\`，或调用外部传入的函数。
不看其他可能 panic 的地方，也不看它调用的函数内部。
`,
};
