/** A recipe looks at a program. What else a debugger can be told to do, it must not be. */
import { describe, expect, test } from "vitest";
import { assignmentRefused, commandRefused, mayRunAway } from "../../../src/faulttree/recipe-commands.ts";

describe("Delve", () => {
  test.each([
    "stack 20",
    "goroutines -with user -t 4",
    "goroutine 1 stack 12",
    "frame 3 print x",
    "deferred 1 args -v",
    "up",
    "up 2 locals",
    "print %x m",
    "examinemem -fmt hex -size 8 -count 16 -x s.startAddr",
    "continue",
  ])("may do %j", (command) => {
    expect(commandRefused(command, "dlv")).toBeUndefined();
  });

  test.each([
    "source evil.star",
    "goroutine 1 source evil.star",
    "goroutine main.f",
    "goroutines -exec source evil.star",
    "goroutines -t --exec call main.f()",
    "frame 1 up 2 edit",
    "deferred 1 call main.f()",
    'call os.RemoveAll("/")',
    "set x = 1",
    "config -save",
    "restart > /etc/passwd",
    "rebuild",
    "transcript /etc/passwd",
    "dump core",
    "on 1 source x",
    "exit",
    "!ls",
    "",
  ])("may not do %j", (command) => {
    expect(commandRefused(command, "dlv")).toMatch(/is not among the commands of a recipe/);
  });
});

describe("gdb", () => {
  test.each([
    "bt",
    "bt full",
    "p/x $rdi",
    "x/16ga $rsp",
    "thread 2",
    "thread apply all bt 8",
    "thread apply 1 2 -s p x",
    "info registers rip",
    "frame function abort",
    "set $kept = (long)$rdi",
    "set language c",
    "set scheduler-locking on",
    "set environment LD_DEBUG=libs",
    "p $span == s",
    'p $_streq(name, "a=b")',
    "p a - -1",
    "catch throw",
    "run",
    "call (void)malloc_stats()",
    "golm-gostack",
  ])("may do %j", (command) => {
    expect(commandRefused(command, "gdb")).toBeUndefined();
  });

  test.each<[string, RegExp]>([
    ["shell ls", /not among/],
    ["shel ls", /"shel" is not among/],
    ["!ls", /not among/],
    ["| bt | tee x", /not among/],
    ["thread apply all shell ls", /"shell" is not among/],
    ["thread apply all -s thread apply 1 python print(1)", /"python" is not among/],
    ["thread name x", /not among/],
    ["frame apply all shell ls", /"frame apply"/],
    ["with language c -- shell ls", /"with"/],
    ['eval "shell ls"', /"eval"/],
    ["target remote | touch x", /"target"/],
    ["compile code f()", /"compile"/],
    ["define hook-stop", /"define"/],
    ["call (int)system(0)", /"call"/],
    ["run > /etc/passwd", /to a shell/],
    ["start $(touch x)", /to a shell/],
    ["set logging file /etc/passwd", /"set" may give/],
    ["set exec-wrapper sh -c x", /"set" may give/],
    ["set environment LD_PRELOAD=/x.so", /"set" may give/],
    ["set may-call-functions on", /"set" may give/],
    ["set var x = 1", /"set" may give/],
    ["set $x = ($rip = 0)", /assignment/],
    ["print $rip = 0", /assignment/],
    ["print x++", /assignment/],
    ["p x += 2", /assignment/],
    ["x/i ($rip = 4)", /assignment/],
  ])("may not do %j", (command, reason) => {
    expect(commandRefused(command, "gdb")).toMatch(reason);
  });

  test.each(["x == 1", "x != y", "x <= 3 && y >= 4", "*('main.f'+29)", "p->next", "a - -b"])(
    "does not take %j for an assignment",
    (expression) => {
      expect(assignmentRefused(expression)).toBeUndefined();
    },
  );
});

describe("an expression that may search for ever", () => {
  test.each(["(a+)+", "(?:a|b)*c", "((?:x*))+", "(?:a{2,}b)+", "(?P<n>[^x]*,)*"])("is %s", (source) => {
    expect(mayRunAway(source)).toBe(true);
  });

  test.each([
    "a+b+",
    "(?:a|b)c",
    "[(+*]+",
    "\\(a+\\)+",
    "(ab)+",
    "(?:a|b)?",
    "\\Q(a+)+\\E",
    "[^@]*x",
    "(a+){0,3}",
  ])("is not %s", (source) => {
    expect(mayRunAway(source)).toBe(false);
  });
});
