/** 命令行自身的中文用语。类型取自英文表，缺一不可。 */
import type { CliMessages } from "./en.ts";

const startProblems: Readonly<Record<string, string>> = {
  ENOENT: "没有这个程序",
  EACCES: "没有执行权限",
  ENOEXEC: "不是这台机器能运行的程序",
};

export const zhCn: CliMessages = {
  notFound: (name) => `${name}：没有这个文件。请检查路径，或用 - 从标准输入读取。`,
  isDirectory: (name) => `${name} 是目录。请写出其中的文件，例如 ${name}/*.log。`,
  denied: (name) =>
    `${name}：没有读取权限。请换有权限的用户，或用管道传入：sudo cat ${name} | golm-faultcheck diagnose`,
  readFailed: (name, why) => `${name}：读取失败：${why}。`,
  writeFailed: (why) => `无法写入输出：${why}。已输出的内容不完整。`,
  cannotStart: (command, code) => `无法启动 ${command}：${startProblems[code] ?? code}。`,
  recordLost: (why) => `程序崩溃了，但记录写不进去：${why}。可用 GOLM_RECORDS 指定其他目录。`,
  broken: (name, kind, why) => `${name}：${kind} 数据损坏或不完整（${why}）。损坏之前的内容已经读取。`,
  empty: (name) => `${name} 是空文件，没有可诊断的内容。`,
  binary: (name, kind) => `${name}：没有发现 Go 崩溃文本；这是${kind}。请提供程序崩溃时打印的文本。`,
  binaryCore: (name) =>
    `${name}：没有发现 Go 崩溃文本；这是 core 文件。请连同程序一起打开：golm-faultcheck core 程序 ${name}`,
  noCrash: (name, amount) => `${name}：${amount} 文本中没有发现 Go 崩溃。`,
  found: (crashes, inputs) =>
    inputs > 1 ? `${inputs} 个输入中共 ${crashes} 处崩溃。` : `共 ${crashes} 处崩溃。`,
  waitingForStdin: "正在等待从终端输入崩溃文本：粘贴后按 Ctrl-D 结束（Windows 上按 Ctrl-Z 再回车）。",
  waitingForFile: (name) => `${name} 还不存在，等待它出现。`,
  truncated: (name) => `${name} 已被截断，从头重新读取。`,
  rotated: (name) => `${name} 已被轮转，改读新文件。`,
  progress: (name, share, amount) => `正在读取 ${name} ${share} ${amount}`,
  progressFiles: (done, all) => `${done}/${all} 个文件`,
  noFiles: "目录中没有文件，无可诊断。",
  leftOut: (count, shown, more) =>
    `${count} 个文件既不是纯文本，也不是 gzip 或 zstd 压缩的文本，已跳过：${shown.join("；")}${more ? "；…" : "。"}`,
  noCrashInFiles: (files, amount) => `${files} 个文件、${amount} 文本中没有发现 Go 崩溃。`,
  badJobs: (given) => `--jobs ${given}：请给出 1 到 256 之间的线程数。`,
  summaryFormat: (format) => `--summary 不能输出 ${format} 格式。请用 --format text、json 或 markdown。`,
  summaryFollow: "--summary 要读完才能汇总，而 --follow 没有终点。watch 在停止时会给出汇总。",
  unknownFormat: (given, known) => `未知格式“${given}”。可用的有：${known}。`,
  unknownLanguage: (given) => `未知语言“${given}”。可用的有：en、zh-cn。`,
  unknownColor: (given) => `未知的颜色模式“${given}”。可用的有：auto、always、never。`,
  unknownCommand: (given) =>
    `未知命令“${given}”。golm-faultcheck --help 可列出全部命令。要读取文件：golm-faultcheck diagnose 文件`,
  unknownOption: (given) => `未知选项“${given}”。golm-faultcheck 命令 --help 可列出全部选项。`,
  optionWithoutValue: (given) => `选项“${given}”缺少取值。用法见 golm-faultcheck 命令 --help。`,
  missingArgument: (given) => `缺少参数 ${given}。用法见 golm-faultcheck 命令 --help。`,
  notADirectory: (name) => `--source ${name}：不是可读取的目录。`,
  followFormat: (format) => `--follow 没有终点，不能输出 ${format}。请用 --format text、json 或 github。`,
  followCompressed: (name) => `${name} 是压缩文件，无法跟踪。请去掉 --follow。`,
  noCatalog: (path) => `无法读取目录文件 ${path}。请重新安装 golm-faultcheck，或在源码中运行 npm run build。`,
  unknownId: (id) => `没有名为“${id}”的原因或事件。`,
  didYouMean: (ids) => `是否想找 ${ids.join("、")}？`,
  seeList: "golm-faultcheck list 可列出全部编号。",
  nothingListed: (filter) => `没有符合“${filter}”的条目。`,
  listed: (events, causes) => `共 ${events} 个事件，${causes} 个原因`,
  badLimit: (given, most) => `--limit ${given}：请给出 1 到 ${most} 的整数秒。`,
  noVerify: "此安装不含场景源码：verify 需要在 golm-faultcheck 的源码目录中运行。",
  unknownExport: (given, known) => `无法为“${given}”导出。可选：${known}。`,
  badRunbookUrl: (given) =>
    `--runbook-url ${given}：需要带 {id} 的 http 或 https 地址，例如 https://wiki.example/golm/{id}`,
  badSelector: (given) => `--selector ${given}：不是 Loki 的流选择器，应形如 '{namespace="llm"}'。`,
  badLabels: (given) => `--by ${given}：请用逗号分隔标签，例如 namespace,pod。`,
  exportNotWritten: (name, why) => `--output ${name}：无法写入：${why}。`,
  internal: (what) => `出现了不该发生的错误：${what}。请连同引发它的输入一起报告。`,
  pdfTerminal:
    "--format pdf 输出的是文件：请重定向，例如 `golm-faultcheck diagnose --format pdf crash.log > report.pdf`。",
  pdfNoBrowser:
    "--format pdf 需要用浏览器打印 HTML 报告，但没有找到：请安装 Chromium、Chrome 或 Edge，或用 GOLM_BROWSER 指定，也可以改用 --format html。",
  pdfFailed: (browser, why) => `${browser} 无法打印报告：${why}。--format html 不需要浏览器。`,
  debugHint: "设置 GOLM_DEBUG=1 可查看出错位置。",
};
