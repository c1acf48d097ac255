// Texts that only talk of crashes, or are crashes of something else. Written for these tests; no crash stands in them.

export const prose = {
  "readme-about-panics": `# Handling panics

A panic in a handler does not end the server: net/http recovers it and prints \`http: panic serving\` with the
stack. Outside of a handler, the program prints \`panic: \` followed by the value, then the goroutines, then exits
with status 2. A "fatal error: all goroutines are asleep - deadlock!" cannot be recovered.

- Do not panic in libraries.
- goroutine leaks are found with goleak.
- exit status 1 means that a test failed.
`,
  tympanic: `The tympanic membrane, or eardrum, separates the outer ear from the middle ear.
Chest sounds were tympanic: percussion gave a hollow note. No hispanic: or panicle: entries were found.
`,
  "code-listing": `func (c *cache) block(i int) int {
	if i >= len(c.blocks) {
		panic(fmt.Sprintf("index out of range [%d] with length %d", i, len(c.blocks)))
	}
	// fatal error: never reached
	panic("unreachable")
}

func main() {
	log.Fatal("panic: ", http.ListenAndServe(":8080", nil))
}
`,
  "diff-of-a-panic": `--- a/decoder.go
+++ b/decoder.go
@@ -10,7 +10,7 @@ func decode(b []byte) {
-	panic("panic: bad header")
+	return fmt.Errorf("bad header")
 	// goroutine 1 [running]: is what the trace would start with
`,
  metrics: `# HELP go_goroutines Number of goroutines that currently exist.
# TYPE go_goroutines gauge
go_goroutines 143
# HELP http_panics_total Recovered panics.
# TYPE http_panics_total counter
http_panics_total{handler="generate"} 0
go_info{version="go1.26.8"} 1
`,
  "log-of-errors": `2026/11/23 06:30:01 error: signal: interrupt received, shutting down
2026/11/23 06:30:01 exit status of the hook: 0
2026/11/23 06:30:02 level=warn msg="no panic, just slow" goroutine=17
2026/11/23 06:30:02 worker 3: read: connection reset by peer
2026/11/23 06:30:03 http: TLS handshake error from 10.0.0.9:41122: EOF
`,
  "kernel-oops": `[ 8123.118273] BUG: kernel NULL pointer dereference, address: 0000000000000018
[ 8123.118301] #PF: supervisor read access in kernel mode
[ 8123.118318] #PF: error_code(0x0000) - not-present page
[ 8123.118334] PGD 0 P4D 0
[ 8123.118352] Oops: 0000 [#1] PREEMPT SMP PTI
[ 8123.118369] CPU: 3 PID: 2211 Comm: kworker/3:1 Tainted: G           OE      6.1.0-28-amd64 #1
[ 8123.118391] RIP: 0010:unmap_range+0x1d/0x40 [gpu_drv]
[ 8123.118412] RSP: 0018:ffffb3a2c0d3fe08 EFLAGS: 00010246
[ 8123.118436] Call Trace:
[ 8123.118448]  <TASK>
[ 8123.118460]  release_buffer+0x5e/0x90 [gpu_drv]
[ 8123.118481]  process_one_work+0x1c7/0x380
[ 8123.118499]  worker_thread+0x4d/0x380
[ 8123.118516]  kthread+0xda/0x100
[ 8123.118533]  ret_from_fork+0x22/0x30
[ 8123.118551]  </TASK>
[ 8123.118566] Kernel panic - not syncing: Fatal exception
[ 8123.118590] Kernel Offset: 0x2a00000 from 0xffffffff81000000
`,
  "stack-overflow-question": `Title: When does Go print "fatal error: stack overflow"?

I know that a panic prints "panic: runtime error: ..." and that unrecovered panics exit with code 2.
What I do not see is whether the goroutine's stack is printed with [running] in brackets. Is it "goroutine 1"
always? And why is "signal SIGSEGV: segmentation violation" sometimes there and sometimes not?
`,
  "release-notes": `- runtime: unhandled panics now print "[recovered, repanicked]" once instead of twice
- runtime: tracebacks may show goroutine labels
- cmd/go: \`go test\` prints panic: test timed out after the limit in the same form as before
- net/http: panic serving errors go through Server.ErrorLog
`,
  empty: "",
  "blank-lines": "\n\n\n\n",
  binary: Buffer.from(Array.from({ length: 2048 }, (_, i) => (i * 73 + (i >> 3) * 31) & 255)).toString(
    "latin1",
  ),
};
