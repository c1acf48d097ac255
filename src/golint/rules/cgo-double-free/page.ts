import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`C.free\` must run once for each allocation. A second call on the same pointer makes glibc print
\`free(): double free detected in tcache 2\` and abort, which Go shows as \`SIGABRT: abort\`. Without that check the heap
is damaged silently.

\`\`\`go
p := C.malloc(64)
defer C.free(p)
if !ready {
	C.free(p) // and once more when the function returns
	return
}
\`\`\`

Leave the \`defer\` and take the other out. Where a resource is freed in several places, set the pointer to nil behind
each: \`C.free(nil)\` does nothing.

A library's own function counts as well where its name says that it frees the one object it is given (\`llama_free\`,
\`batch_destroy\`). Not where the function counts references (\`x_ref\`, \`up_ref\`, \`retain\`).
`,
  zh: `每次分配只能 \`C.free\` 一次。对同一指针再次释放，glibc 会输出 \`free(): double free detected in tcache 2\` 并中止进程，
Go 显示为 \`SIGABRT: abort\`；没有被这项检查发现时，堆会悄悄损坏。

\`\`\`go
p := C.malloc(64)
defer C.free(p)
if !ready {
	C.free(p) // 函数返回时还会再释放一次
	return
}
\`\`\`

保留 \`defer\`，去掉另一处。如果资源会在几个地方释放，释放后把指针置为 nil：\`C.free(nil)\` 什么也不做。

库自己的释放函数同样计入，只要名字表明它释放传入的那一个对象（\`llama_free\`、\`batch_destroy\`）。函数里出现引用计数
（\`x_ref\`、\`up_ref\`、\`retain\`）时不报告。
`,
};
