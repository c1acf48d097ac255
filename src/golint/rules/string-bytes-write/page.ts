import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `Go takes it that a string never changes. Literals lie in read-only memory: a write to one is \`unexpected fault
address\`, which no \`recover\` catches. A string from elsewhere is shared: its other holders see the change, and a map
with it as a key no longer finds it.

\`\`\`go
b := unsafe.Slice(unsafe.StringData(s), len(s))
b[0] = 'X' // fault, or a silent change elsewhere
\`\`\`

\`\`\`go
b := []byte(s) // a copy
b[0] = 'X'
\`\`\`

Reported for assignments, \`copy\`, \`clear\`, \`append\` into a cut slice, \`Read\` and the like, through
\`unsafe.StringData\`, \`*(*[]byte)(unsafe.Pointer(&s))\`, and functions of the file that return such a view. A string that
is itself a view of bytes is not reported.
`,
  zh: `Go 假定字符串永远不变。字面量位于只读内存，写入会得到 \`unexpected fault address\`，\`recover\` 拦不住。
来自别处的字符串是共享的：其他持有者会看到变化，以它为键的 map 也会再也找不到它。

\`\`\`go
b := unsafe.Slice(unsafe.StringData(s), len(s))
b[0] = 'X' // 触发内存错误，或者悄悄改变了别处的值
\`\`\`

\`\`\`go
b := []byte(s) // 复制一份
b[0] = 'X'
\`\`\`

检查的写入方式有赋值、\`copy\`、\`clear\`、对截短切片的 \`append\`、\`Read\` 等；检查的视图有 \`unsafe.StringData\`、
\`*(*[]byte)(unsafe.Pointer(&s))\`，以及本文件中返回这种视图的函数。如果字符串本身就是某段字节的视图，则不报告。
`,
};
