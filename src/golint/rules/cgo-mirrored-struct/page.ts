import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A Go struct that mirrors a C struct by hand must have the same fields in the same sizes and order. Go's \`int\` has
64 bits and C's \`int\` 32; \`bool\` has one byte in both; a Go \`string\` is two words and a \`char *\` one. The cast through
\`unsafe.Pointer\` checks none of it.

\`\`\`go
// struct params { int threads; float temperature; };
type Params struct {
	Threads     int // 64 bits: C reads Temperature from its upper half
	Temperature float32
}
C.run((*C.struct_params)(unsafe.Pointer(&p)))
\`\`\`

Use the C type itself, \`p := C.struct_params{threads: 4}\`, or \`type Params C.struct_params\`: then the compiler lays it
out. Where a mirror is wanted, give it the exact types (\`int32\`, \`C.int\`).

Checked only where the preamble, or a header of yours that it includes, spells the C struct out. Silent: structs of system headers, bit fields, unions, packed
structs, structs with \`_\` fields, bytes that stand for something else (\`char payload[64]\`), and casts that only look
at the beginning of a longer struct. Sizes are those of a 64-bit Unix.
`,
  zh: `手写的 Go 结构体要映射 C 结构体，字段的大小和顺序必须完全一致。Go 的 \`int\` 是 64 位，C 的 \`int\` 是 32 位；两边的 \`bool\` 都是一个字节；
Go 的 \`string\` 占两个字，\`char *\` 占一个。经 \`unsafe.Pointer\` 的转换什么都不检查。

\`\`\`go
// struct params { int threads; float temperature; };
type Params struct {
	Threads     int // 64 位：C 会从它的高 32 位读出 temperature
	Temperature float32
}
C.run((*C.struct_params)(unsafe.Pointer(&p)))
\`\`\`

请直接使用 C 类型：\`p := C.struct_params{threads: 4}\`，或 \`type Params C.struct_params\`，由编译器决定布局。
一定要手写时，使用大小确定的类型（\`int32\`、\`C.int\`）。

只在导言或其包含的自有头文件写出了 C 结构体时检查。不报告的情况：系统头文件中的结构体、位域、联合体、packed 结构体，含 \`_\` 字段的结构体，
\`char payload[64]\` 这类另有含义的字节，以及只看更长结构体开头部分的转换。
大小按 64 位 Unix 计算。
`,
};
