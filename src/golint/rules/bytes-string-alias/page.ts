import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`unsafe.String(&b[0], n)\` and \`*(*string)(unsafe.Pointer(&b))\` copy nothing: the string is the buffer. That is sound
only while nobody writes to the buffer. Where it is read into again, or goes back to a pool for the next request, the
string becomes what that request wrote. Keys of maps are lost, and the text of one user appears at another.

\`\`\`go
buf := pool.Get().(*bytes.Buffer)
defer pool.Put(buf)
render(buf)
return unsafe.String(unsafe.SliceData(buf.Bytes()), buf.Len()) // the next one overwrites it
\`\`\`

\`\`\`go
return string(buf.Bytes())
\`\`\`

Reported when the string is returned, or stored in a map, field, list or channel, or simply used later, and the same
function changes the buffer or gives it back in between. A lookup \`m[view]\` is sound.
`,
  zh: `\`unsafe.String(&b[0], n)\` 和 \`*(*string)(unsafe.Pointer(&b))\` 不复制任何东西：字符串就是缓冲区。
只有在没人写缓冲区时才安全。缓冲区再次读入数据，或者归还给池供下一个请求使用之后，字符串就变成了那个请求写入的内容：
map 的键会丢失，一个用户的文本会出现在另一个用户那里。

\`\`\`go
buf := pool.Get().(*bytes.Buffer)
defer pool.Put(buf)
render(buf)
return unsafe.String(unsafe.SliceData(buf.Bytes()), buf.Len()) // 会被下一个请求覆盖
\`\`\`

\`\`\`go
return string(buf.Bytes())
\`\`\`

报告条件：字符串被返回，或者存入 map、字段、列表、channel，或者只是之后又被使用，而同一函数在这之间改写或归还了缓冲区。
用 \`m[view]\` 查找是安全的。
`,
};
