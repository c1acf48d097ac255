// What carries a crash text on its way to a reader. Each function takes the raw text and returns it as that carrier
// writes it; where a carrier is a program that can run here, tables/carriers.mjs runs the program instead.

const lines = (text) => text.replace(/\n$/, "").split("\n");
const join = (all) => `${all.join("\n")}\n`;
const each = (make) => (text) => join(lines(text).map(make));

const pad = (n, width) => String(n).padStart(width, "0");
/** A clock that goes on by some milliseconds a line, always the same. */
const fraction = (i, digits) => pad((i * 137_911 + 123_456_789) % 1_000_000_000, 9).slice(0, digits);
const iso = (i, digits = 9) => `2026-11-23T06:30:0${Math.min(9, Math.floor(i / 40))}.${fraction(i, digits)}Z`;

/** journald keeps white space but drops empty lines (stdout_stream_log in journald-stream.c). */
const journal = (prefix) => (text) =>
  join(
    lines(text)
      .filter((l) => l !== "")
      .map((l) => `${prefix}${l}`),
  );

export const carriers = {
  "journald-short": journal("Nov 23 06:30:01 node-7 llmserver[812]: "),
  "journald-short-precise": journal("Nov 23 06:30:01.204118 node-7 llmserver[812]: "),
  "journald-short-iso": journal("2026-11-23T06:30:01+0000 node-7 llmserver[812]: "),
  "journald-short-full": journal("Mon 2026-11-23 06:30:01 UTC node-7 llmserver[812]: "),
  "journald-unit-with-at": journal("Nov 23 06:30:01 node-7 llm@gpu0.service[9]: "),
  /** rsyslog's file format: control characters as #ooo, empty lines kept. */
  "rsyslog-file": each((l) => `Nov 23 06:30:01 node-7 llmserver[812]: ${l.replaceAll("\t", "#011")}`),
  "rfc-5424": each((l, i) => `<27>1 ${iso(i, 6)} node-7 llmserver 812 - - ${l}`),
  compose: each((l) => `server-1  | ${l}`),
  "compose-coloured": each((l) => `\x1b[36mserver-1  | \x1b[0m${l}`),
  foreman: each((l, i) => `06:30:0${i % 10} web.1   | ${l}`),
  cri: each((l, i) => `${iso(i)} stderr F ${l}`),
  /** Lines longer than the runtime's buffer come in parts; the buffer here is small so that the fixture is. */
  "cri-partial": (text) =>
    join(
      lines(text).flatMap((l, i) => {
        const parts = l.match(/.{1,48}/gs) ?? [""];
        return parts.map((part, k) => `${iso(i)} stderr ${k === parts.length - 1 ? "F" : "P"} ${part}`);
      }),
    ),
  "kubectl-prefix-timestamps": each((l, i) => `[pod/llm-0/server] ${iso(i)} ${l}`),
  "kubectl-timestamps": each((l, i) => `${iso(i)} ${l}`),
  stern: each((l) => `llm-0 server ${l}`),
  "docker-json-file": each((l, i) => JSON.stringify({ log: `${l}\n`, stream: "stderr", time: iso(i) })),
  "docker-build": each((l, i) => `#14 ${(4.2 + i / 100).toFixed(3)} ${l}`),
  "logcat-brief": each((l) => `E/GoLog   ( 4021): ${l}`),
  "logcat-threadtime": each((l, i) => `11-23 06:30:01.${fraction(i, 3)}  4021  4040 E GoLog   : ${l}`),
  "terraform-plugin": each((l, i) => `${iso(i, 3)} [DEBUG] provider.terraform-provider-llm_v1.2.0_x5: ${l}`),
  "terraform-remote-exec": each((l) => `null_resource.deploy (remote-exec): ${l}`),
  "github-actions": (text) =>
    join(
      [
        "##[group]Run ./llmserver",
        "\x1b[36;1m./llmserver\x1b[0m",
        "##[endgroup]",
        ...lines(text),
        "##[error]Process completed with exit code 2.",
      ].map((l, i) => `${iso(i, 7)} ${l}`),
    ),
  "github-cli": each((l, i) => `build\tRun ./llmserver\t${iso(i, 7)} ${l}`),
  "gitlab-timestamps": each((l, i) => `${iso(i, 6)} 01E ${l}`),
  "gitlab-sections": (text) =>
    `section_start:1795415400:step_script\r\x1b[0K\x1b[0K\x1b[36;1mExecuting "step_script" stage\x1b[0;m\n$ ./llmserver\n${text}section_end:1795415401:step_script\r\x1b[0K\x1b[31;1mERROR: Job failed: exit code 2\n\x1b[0;m`,
  buildkite: each((l, i) => `\x1b_bk;t=17954154${pad(i, 5)}\x07${l}`),
  jenkins: each((l, i) => `[${iso(i, 3)}] ${l}`),
  heroku: each((l, i) => `${iso(i, 6).replace("Z", "+00:00")} app[web.1]: ${l}`),
  lambda: each((l, i) => `${iso(i, 3)}\t${l}`),
  "cloud-logging": each((l, i) =>
    JSON.stringify({
      insertId: `a${i}`,
      resource: { labels: { container_name: "server", pod_name: "llm-0" } },
      textPayload: l,
      timestamp: iso(i),
    }),
  ),
  "journald-json": journalJson,
  coloured: each((l) => `\x1b[31m${l}\x1b[0m`),
  "coloured-parts": (text) =>
    text.replace(/goroutine \d+/g, "\x1b[1;33m$&\x1b[0m").replace(/^panic:/m, "\x1b[1;31mpanic:\x1b[0m"),
  crlf: (text) => text.replaceAll("\n", "\r\n"),
  quoted: each((l) => (l === "" ? ">" : `> ${l}`)),
  "quoted-twice": each((l) => (l === "" ? ">>" : `>> ${l}`)),
  indented: each((l) => (l === "" ? "" : `    ${l}`)),
  "indented-tabs-lost": each((l) => (l.startsWith("\t") ? `        ${l.slice(1)}` : l)),
  "go-comment": (text) =>
    `// Regression test for the crash below.\n//\n${each((l) => (l === "" ? "//" : `//\t${l}`))(text)}func TestCrash(t *testing.T) {}\n`,
  "shell-comment": each((l) => (l === "" ? "#" : `# ${l}`)),
  "markdown-fence": (text) =>
    `Steps:\n\n1. start the server\n2. see it die:\n\n   \`\`\`\n${each((l) => (l === "" ? "" : `   ${l}`))(text)}   \`\`\`\n\n3. wonder\n`,
  "markdown-quote-fence": (text) =>
    `> It says\n>\n> \`\`\`text\n${each((l) => (l === "" ? ">" : `> ${l}`))(text)}> \`\`\`\n\nSame here.\n`,
  "html-pre": (text) =>
    `<p>It crashed:</p>\n<pre><code>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&#34;").replaceAll("'", "&#39;")}</code></pre>\n`,
  "double-spaced": (text) => join(lines(text).flatMap((l) => [l, ""])),
  "blank-lines-lost": (text) => join(lines(text).filter((l) => l !== "")),
  "hard-wrapped-80": (text) => join(lines(text).flatMap((l) => l.match(/.{1,80}/g) ?? [""])),
  "one-line-spaces": (text) => `${lines(text).join(" ").replaceAll("\t", " ").replace(/ +/g, " ")}\n`,
  "one-line-escaped": (text) =>
    `level=error msg="${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t")}" pod=llm-0\n`,
  "one-line-rsyslog": (text) =>
    `Nov 23 06:30:01 node-7 llmserver[812]: ${lines(text).join("#012").replaceAll("\t", "#011")}\n`,
  "program-output-around": (text) =>
    `2026/11/23 06:30:00 loading /models/llama.gguf\n2026/11/23 06:30:01 listening on :8080\n${text}`,
  "glued-to-output": (text) => `progress 97% writefound: 13${text}`,
  "no-last-newline": (text) => text.replace(/\n$/, ""),
  "windows-event": (text) => text.replaceAll("\n", "\r\n").replaceAll("\t", "    "),
  "terraform-stack-trace": (text) =>
    `Stack trace from the terraform-provider-llm_v1.2.0 plugin:\n\n${text}\nError: The terraform-provider-llm_v1.2.0 plugin crashed!\n\nThis is always indicative of a bug within the plugin. It would be immensely\nhelpful if you could report the crash with the plugin's maintainers so that it\ncan be fixed. The output above should help diagnose the issue.\n`,
  "terraform-box": (text) => `╷\n│ Error: Plugin did not respond\n│ \n${each((l) => `│ ${l}`)(text)}╵\n`,
  "loki-logcli": each((l, i) => `${iso(i, 9)} {app="llm", pod="llm-0", stream="stderr"} ${l}`),
  "aws-logs-tail": each((l, i) => `${iso(i, 6).replace("Z", "+00:00")} llm/server/4f1c2a ${l}`),
  pm2: each((l) => `0|llm      | ${l}`),
  fluentd: each(
    (l, i) =>
      `2026-11-23 06:30:0${i % 10}.${fraction(i, 9)} +0000 kube.llm: ${JSON.stringify({ log: `${l}\n`, stream: "stderr" })}`,
  ),
  "logfmt-lines": each((l, i) => `ts=${iso(i, 3)} level=error component=supervisor msg=${JSON.stringify(l)}`),
  splunk: each((l) => JSON.stringify({ line: l, source: "stderr", tag: "llm/4f1c2a" })),
  "zap-lines": each((l, i) =>
    JSON.stringify({ level: "error", ts: 1795415401 + i / 1000, logger: "child", msg: l, pid: 812 }),
  ),
  typescript: (text) =>
    `Script started on 2026-11-23 06:30:00+00:00 [TERM="xterm-256color" TTY="/dev/pts/0" COLUMNS="190" LINES="48"]\n\x1b[?2004h$ ./llmserver\r\n\x1b[?2004l\r${text.replaceAll("\n", "\r\n")}\x1b[?2004h$ exit\r\n\x1b[?2004l\r\nScript done on 2026-11-23 06:30:09+00:00 [COMMAND_EXIT_CODE="2"]\n`,
  "cat-n": each((l, i) => `${String(i + 1).padStart(6)}\t${l}`),
  "grep-n": each((l, i) => `${i + 412}:${l}`),
  "grep-r-context": each(
    (l, i) => `logs/llm-0.log${i === 0 ? ":" : "-"}${i + 412}${i === 0 ? ":" : "-"}${l}`,
  ),
  "diff-added": (text) =>
    `--- a/golden.txt\n+++ b/golden.txt\n@@ -0,0 +1,9 @@\n${each((l) => `+${l}`)(text)}`,
  "tabs-to-one-space": (text) => text.replaceAll("\t", " "),
  "indentation-lost": each((l) => l.trimStart()),
  "trailing-blanks": each((l) => `${l}   `),
  "non-breaking-spaces": (text) => text.replaceAll("\t", "\u00a0\u00a0\u00a0\u00a0"),
  bom: (text) => `\ufeff${text}`,
};

/** `journalctl -o json`: one object a line; empty lines dropped. */
function journalJson(text) {
  return join(
    lines(text)
      .filter((l) => l !== "")
      .map((l, i) =>
        JSON.stringify({
          __CURSOR: `s=1;i=${i}`,
          PRIORITY: "3",
          _SYSTEMD_UNIT: "llmserver.service",
          _PID: "812",
          SYSLOG_IDENTIFIER: "llmserver",
          MESSAGE: l,
          __REALTIME_TIMESTAMP: `17954154000${pad(i, 5)}`,
        }),
      ),
  );
}
