import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `\`FieldByName\`, \`MethodByName\` and \`MapIndex\` report a miss by the zero \`Value\`. It has \`IsValid\`, \`Kind\` and \`String\`;
nearly all else panics: \`reflect: call of reflect.Value.Interface on zero Value\`.

\`\`\`go
field := reflect.ValueOf(cfg).Elem().FieldByName(name)
field.SetString(value) // panics when cfg has no such field
\`\`\`

\`\`\`go
field := reflect.ValueOf(cfg).Elem().FieldByName(name)
if !field.IsValid() || !field.CanSet() {
	return fmt.Errorf("no field %q", name)
}
field.SetString(value)
\`\`\`

Also reported:

- \`reflect.ValueOf(x)\` is a copy. It has no address, nor have its fields, so that \`Set\` panics on them whatever \`x\` is.
  \`reflect.ValueOf(&x).Elem()\` has one.
- \`reflect.ValueOf((*T)(nil)).Elem()\` is the zero Value. The type of T is \`reflect.TypeOf((*T)(nil)).Elem()\`.
- \`reflect.ValueOf(v)\` of an element of a \`map[string]any\`: JSON's \`null\` is a nil in there, which gives the zero Value,
  and \`field.Set\` of that panics as well. Set \`reflect.Zero(field.Type())\` in its place.

A name that the source writes out is believed to be there, unless the struct is declared in this package and lacks it.
Names out of \`StructField.Name\` and keys out of \`MapKeys\` are there by their nature. Whoever looks at the value or at the
name on the way, or recovers, is left alone, and so are tests.
`,
  zh: `没有命中时，\`FieldByName\`、\`MethodByName\` 和 \`MapIndex\` 返回零 \`Value\`。零 Value 只能调用 \`IsValid\`、\`Kind\`、\`String\`，
其余方法几乎都会 panic：\`reflect: call of reflect.Value.Interface on zero Value\`。

\`\`\`go
field := reflect.ValueOf(cfg).Elem().FieldByName(name)
field.SetString(value) // cfg 没有这个字段时 panic
\`\`\`

\`\`\`go
field := reflect.ValueOf(cfg).Elem().FieldByName(name)
if !field.IsValid() || !field.CanSet() {
	return fmt.Errorf("no field %q", name)
}
field.SetString(value)
\`\`\`

以下情形同样报告：

- \`reflect.ValueOf(x)\` 是副本，没有地址，它的字段也没有，所以无论 \`x\` 是什么，\`Set\` 都会 panic。
  \`reflect.ValueOf(&x).Elem()\` 才有地址。
- \`reflect.ValueOf((*T)(nil)).Elem()\` 是零 Value。要得到 T 的类型，应写 \`reflect.TypeOf((*T)(nil)).Elem()\`。
- 对 \`map[string]any\` 的元素调用 \`reflect.ValueOf(v)\`：JSON 的 \`null\` 在里面是 nil，得到零 Value，把它交给
  \`field.Set\` 也会 panic。这时应设置 \`reflect.Zero(field.Type())\`。

源码里写死的名称视为存在，除非结构体就在本包声明而没有该字段。来自 \`StructField.Name\` 的名称和 \`MapKeys\` 的键必然存在。
途中检查过这个值或名称、或者用了 recover 的代码不报告，测试文件也不报告。
`,
};
