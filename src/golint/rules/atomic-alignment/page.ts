import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`atomic.AddInt64\` and its like want an address that is a multiple of 8. On 386, arm and 32-bit mips a 64-bit field is
aligned to 4: a smaller field in front moves it to 4, 12, 20, and the call panics with
\`unaligned 64-bit atomic operation\`. On 64-bit systems the same code works.

\`\`\`go
type stats struct {
	ready uint32
	hits  int64 // offset 4 on 32-bit systems
}

atomic.AddInt64(&s.hits, 1)
\`\`\`

\`\`\`go
type stats struct {
	ready uint32
	hits  atomic.Int64 // aligns itself, and cannot be used without atomics
}

s.hits.Add(1)
\`\`\`

Before Go 1.19, put the 64-bit fields first.

A warning where a build line of the package names a 32-bit system, else a hint. Silent in files that no 32-bit system
builds, and where a type in front of the field is not known.
`,
  zh: `\`atomic.AddInt64\` 等函数要求地址是 8 的倍数。在 386、arm 和 32 位 mips 上，64 位字段只对齐到 4：前面有更小的字段时，
它的偏移会变成 4、12、20，调用就会 panic：\`unaligned 64-bit atomic operation\`。同样的代码在 64 位系统上一切正常。

\`\`\`go
type stats struct {
	ready uint32
	hits  int64 // 在 32 位系统上偏移为 4
}

atomic.AddInt64(&s.hits, 1)
\`\`\`

\`\`\`go
type stats struct {
	ready uint32
	hits  atomic.Int64 // 自动对齐，也无法绕过原子操作去访问
}

s.hits.Add(1)
\`\`\`

Go 1.19 之前，请把 64 位字段放在最前面。

包里有构建约束提到 32 位系统时是警告，否则是提示。任何 32 位系统都不编译的文件，以及字段前面有未知类型时，不报告。
`,
};
