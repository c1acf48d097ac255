import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`(*T)(unsafe.Pointer(&x))\` is allowed when T is no larger than x. Otherwise the last bytes of T are those of whatever
lies behind x: values that nobody set, and writes that destroy a neighbour. With \`-race\` or
\`-gcflags=all=-d=checkptr\` Go stops: \`checkptr: converted pointer straddles multiple allocations\`.

\`\`\`go
b := *(*[]byte)(unsafe.Pointer(&s))      // a string has 16 bytes, a slice 24: the capacity is chance
v := *(*[4]int64)(unsafe.Pointer(&buf[0])) // buf has 16 bytes
\`\`\`

\`\`\`go
b := unsafe.Slice(unsafe.StringData(s), len(s))
v := *(*[2]int64)(unsafe.Pointer(&buf[0]))
\`\`\`

Reported for variables, arrays, and slices whose length the function itself has set. Casts of pointers that came from
elsewhere are not judged, nor are arrays that are sliced at once with a length that is no constant. Sizes are those of a
64-bit system.
`,
  zh: `只有 T 不大于 x 时，才允许写 \`(*T)(unsafe.Pointer(&x))\`。否则 T 的最后几个字节就是 x 后面别的内容：
读到的是没人设置过的值，写入会破坏相邻的内存。在 \`-race\` 或 \`-gcflags=all=-d=checkptr\` 下，Go 会终止程序：
\`checkptr: converted pointer straddles multiple allocations\`。

\`\`\`go
b := *(*[]byte)(unsafe.Pointer(&s))      // string 占 16 字节，slice 占 24：容量是随机值
v := *(*[4]int64)(unsafe.Pointer(&buf[0])) // buf 只有 16 字节
\`\`\`

\`\`\`go
b := unsafe.Slice(unsafe.StringData(s), len(s))
v := *(*[2]int64)(unsafe.Pointer(&buf[0]))
\`\`\`

检查变量、数组，以及长度由本函数确定的切片。来自别处的指针不作判断；数组转换后立即以非常量长度切片的也不报告。
大小按 64 位系统计算。
`,
};
