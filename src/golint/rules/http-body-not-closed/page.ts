import type { Words } from "../../rule.ts";

export const page: Words = {
  en: `A client's connection goes back to the pool when the body was read to its end or closed. Until then it stays open,
with a descriptor and two goroutines (\`readLoop\`, \`writeLoop\`). A service that calls another one then runs out of
descriptors, or of the connections \`MaxConnsPerHost\` allows, and waits for ever.

The path that is forgotten is most often the one for a status other than 200:

\`\`\`go
resp, err := client.Do(req)
if err != nil {
	return nil, err
}
if resp.StatusCode != http.StatusOK {
	return nil, fmt.Errorf("model server: %s", resp.Status) // the body stays open
}
defer resp.Body.Close()
\`\`\`

\`\`\`go
resp, err := client.Do(req)
if err != nil {
	return nil, err
}
defer resp.Body.Close()
if resp.StatusCode != http.StatusOK {
	return nil, fmt.Errorf("model server: %s", resp.Status)
}
\`\`\`

To use the connection again, read what is left before closing: \`io.Copy(io.Discard, resp.Body)\`. A body that was read with
\`io.ReadAll\` or \`io.Copy\` but not closed is a hint only: the connection is lost when the read fails half way.

Not reported: a response or a body that is returned, stored or passed to a function that may close it, functions
that send HEAD, and in tests a body that was read to its end. \`go vet\` reports something else: a \`defer resp.Body.Close()\` before the error is checked.
`,
  zh: `只有读完或关闭响应体，客户端连接才会回到连接池。在此之前连接一直打开，占着一个文件描述符和两个 goroutine
（\`readLoop\`、\`writeLoop\`）。调用其他服务的进程最终会耗尽描述符，或用完 \`MaxConnsPerHost\` 允许的连接，然后一直等下去。

最常被漏掉的是状态码不是 200 的那条路径：

\`\`\`go
resp, err := client.Do(req)
if err != nil {
	return nil, err
}
if resp.StatusCode != http.StatusOK {
	return nil, fmt.Errorf("model server: %s", resp.Status) // 响应体没有关闭
}
defer resp.Body.Close()
\`\`\`

\`\`\`go
resp, err := client.Do(req)
if err != nil {
	return nil, err
}
defer resp.Body.Close()
if resp.StatusCode != http.StatusOK {
	return nil, fmt.Errorf("model server: %s", resp.Status)
}
\`\`\`

想复用连接，就在关闭之前读完剩余内容：\`io.Copy(io.Discard, resp.Body)\`。用 \`io.ReadAll\` 或 \`io.Copy\` 读过但没有
关闭的响应体只作为提示：读到一半出错时，连接才会丢失。

不报告的情况：响应或响应体被返回、被存放、传给可能关闭它的函数，发送 HEAD 请求的函数，
以及测试中已经读完的响应体。
\`go vet\` 报告的是另一种错误：检查错误之前就 \`defer resp.Body.Close()\`。
`,
};
