import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `Go's \`int\` has 64 bits on today's machines, C's \`int\` 32. The conversion keeps the low half: a tensor of
4 GiB has \`C.int(len(data)*4) == 0\`, one of 3 GiB a negative size. C then allocates or copies that much, and the next
write lands beyond the block.

\`\`\`go
n := C.int(len(vector) * 4)
\`\`\`

Use the type the C function has; where it is \`size_t\`, \`C.size_t\` holds any length. Where it is \`int\`, check first:

\`\`\`go
if len(vector) > math.MaxInt32/4 {
	return errTooLarge
}
\`\`\`

Reported: a length times something, the length of a \`[]byte\` parameter named like a model or weights, that of
a file that was read whole (both as hints), and any length converted to 8 or 16 bits. A plain count (\`C.int(n)\`, \`C.int(len(tokens))\`) and the length of a text are not:
they are seldom that large. Silent as well where any comparison on the way bounds it or a part of it.
`,
  zh: `在现在的机器上，Go 的 \`int\` 是 64 位，C 的 \`int\` 是 32 位。转换只保留低 32 位：4 GiB 的张量，\`C.int(len(data)*4)\` 等于 0；
3 GiB 的则是负数。C 照这个大小分配或复制，接下来的写入就越过了内存块。

\`\`\`go
n := C.int(len(vector) * 4)
\`\`\`

请使用 C 函数声明的类型：如果是 \`size_t\`，\`C.size_t\` 能容纳任何长度。如果是 \`int\`，先检查：

\`\`\`go
if len(vector) > math.MaxInt32/4 {
	return errTooLarge
}
\`\`\`

报告的情况：长度参与的乘积；从名字看是模型或权重的 \`[]byte\` 参数、整个读入的文件的长度（这两种只作提示）；转换成 8 位或 16 位的任何长度。
单纯的个数（\`C.int(n)\`、\`C.int(len(tokens))\`）和文本长度不报告，它们很少有这么大。
只要之前有任何比较限制了它或它的一部分，也不报告。
`,
};
