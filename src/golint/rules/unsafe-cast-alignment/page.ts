import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`(*uint64)(unsafe.Pointer(&b[4]))\` points to a number that wants a multiple of 8, in memory that promises none. What
comes of it depends on the type and on what is done with it:

- The type holds Go pointers: the collector looks for pointers in aligned words and misses these. With \`-race\` or
  \`-gcflags=all=-d=checkptr\`: \`checkptr: misaligned pointer conversion\`. Of types without pointers checkptr says nothing.
- 64-bit atomics: \`unaligned 64-bit atomic operation\` on 386, arm and mips, a bus error on arm64.
- C gets the pointer: its compiler relies on the type's alignment, with vector instructions a fault on amd64 too.
- A number read or written at once: amd64 and arm64 do it; arm, mips and riscv64 may fault or are slow. And nothing checks
  that all of its bytes lie in the slice: near the end the neighbour's are read.

\`\`\`go
n := *(*uint32)(unsafe.Pointer(&b[off]))
\`\`\`

\`\`\`go
n := binary.NativeEndian.Uint32(b[off:]) // one load on amd64 and arm64, and checked
\`\`\`

Data of a file or of the network has an order of its own: \`binary.LittleEndian\`, then.

Numbers read or written at once are a hint, and reported for files that some strict architecture builds. Silent:
\`&b[0]\`, as memory of its own begins aligned; indexes that are visibly a multiple (\`i*8\`, \`i &^ 7\`, \`for i := 0; ...; i += 8\`);
pointers that came from elsewhere. Where the index is not known, only single numbers are reported.
`,
  zh: `\`(*uint64)(unsafe.Pointer(&b[4]))\` 指向的数要求地址是 8 的倍数，而这块内存不保证对齐。后果取决于类型和用法：

- 类型里有 Go 指针：GC 只在对齐的字里找指针，会漏掉这些指针。在 \`-race\` 或 \`-gcflags=all=-d=checkptr\` 下：
  \`checkptr: misaligned pointer conversion\`。类型里没有指针时，checkptr 什么也不说。
- 64 位原子操作：386、arm、mips 上 \`unaligned 64-bit atomic operation\`，arm64 上是总线错误。
- 指针交给 C：C 编译器默认它按类型对齐，用了向量指令时在 amd64 上也会崩溃。
- 直接读写一个数：amd64、arm64 可以；arm、mips、riscv64 可能出错或很慢。而且没有任何检查保证这几个字节都在切片之内：
  靠近末尾时读到的是别人的内存。

\`\`\`go
n := *(*uint32)(unsafe.Pointer(&b[off]))
\`\`\`

\`\`\`go
n := binary.NativeEndian.Uint32(b[off:]) // 在 amd64 和 arm64 上同样是一次读取，并且有越界检查
\`\`\`

文件或网络数据有自己的字节序，应改用 \`binary.LittleEndian\`。

直接读写一个数只给提示，而且只在某个要求严格对齐的架构会编译该文件时才报告。不报告的情况：\`&b[0]\`（整块内存的开头是对齐的）；
一眼可见是倍数的下标（\`i*8\`、\`i &^ 7\`、\`for i := 0; ...; i += 8\`）；来自别处的指针。下标未知时，只报告单个数的读写。
`,
};
