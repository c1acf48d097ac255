/** State that a C library keeps per thread, set in one call and used in the next, on a goroutine that may change threads. */
import type { RuleContext } from "../../context.ts";
import type { Fix, Rule, Words } from "../../rule.ts";
import { enclosingFunction, listedStatement, type SyntaxNode, statementsOf } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-thread-state",
  severity: "warning",
  cause: "native/thread-state/wrong-thread",
  title: { en: "Thread state of C without LockOSThread", zh: "依赖 C 的线程状态却没有 LockOSThread" },
  why: {
    en: "Between two calls into C a goroutine may move to another thread, and what C keeps per thread stays behind.",
    zh: "两次 C 调用之间，goroutine 可能换到另一个线程，C 按线程保存的状态就留在了原来的线程上。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    const { pkg } = context.file;
    if (pkg.fileNames.some((name) => pkg.textOf(name).includes("LockOSThread"))) return;
    const byFunction = new Map<SyntaxNode, Called[]>();
    for (const call of context.file.calls("C")) {
      const fn = enclosingFunction(call);
      if (!fn) continue;
      const called = { call, name: context.target(call)!.name };
      const calls = byFunction.get(fn);
      if (calls) calls.push(called);
      else byFunction.set(fn, [called]);
    }
    for (const [fn, calls] of byFunction) {
      const pair = firstPair(calls, context);
      if (!pair) continue;
      const fix = lock(fn, pair.first, context);
      yield {
        at: pair.at,
        message: pair.message,
        related: [{ at: pair.other, message: pair.related }],
        ...(fix && { fixes: [fix] }),
      };
    }
  },
};

interface Called {
  readonly call: SyntaxNode;
  readonly name: string;
}

interface Pair {
  readonly at: SyntaxNode;
  /** The earlier call of the two. */
  readonly first: SyntaxNode;
  readonly other: SyntaxNode;
  readonly message: Words;
  readonly related: Words;
}

/** Calls that set what later calls of the same library rely on: the call's name, and the later calls'. */
const SETS: readonly (readonly [RegExp, RegExp])[] = [
  [/^cudaSetDevice$/, /^cuda(?!SetDevice$|GetDeviceCount|RuntimeGetVersion)|^cublas|^cudnn/],
  [
    /^(?:cuCtxSetCurrent|cuCtxPushCurrent(?:_v2)?|cuCtxCreate(?:_v2)?)$/,
    /^cu(?!Init$|DeviceGet|Ctx|Driver)[A-Z]/,
  ],
  [/^hipSetDevice$/, /^hip(?!SetDevice$|GetDeviceCount)/],
  [/^aclrtSetDevice$|^aclrtSetCurrentContext$/, /^aclrt(?!SetDevice$|GetDeviceCount)|^aclmdl/],
  [
    /^(?:eglMakeCurrent|glXMakeCurrent|glfwMakeContextCurrent|SDL_GL_MakeCurrent|wglMakeCurrent)$/,
    /^gl(?:[A-Z](?!XM)|fwSwap)/,
  ],
  [
    /^(?:openblas_set_num_threads_local|omp_set_num_threads|mkl_set_num_threads_local|MKL_Set_Num_Threads_Local)$/,
    /^(?:cblas_|LAPACKE_|s?gemm|[sdcz]gemm)/,
  ],
  [/^uselocale$/, /^(?:strto[dfl]|atof|s?n?printf|setlocale)/],
];

/** Calls that ask for the error of the call before, which the library keeps per thread; and that call's name. */
const ASKS: readonly (readonly [RegExp, RegExp])[] = [
  [/^dlerror$/, /^dl(?:open|m?open|sym|vsym|close|info)$/],
  [/^cuda(?:GetLastError|PeekAtLastError)$/, /^cuda(?!GetLastError|PeekAtLastError|GetError)/],
  [/^hip(?:GetLastError|PeekAtLastError)$/, /^hip(?!GetLastError|PeekAtLastError|GetError)/],
  [/^ERR_(?:get|peek|peek_last)_error$/, /^(?:SSL|EVP|PEM|BIO|X509|RSA|EC|d2i|i2d)_/],
  [/^(?:git_error_last|giterr_last)$/, /^git_(?!error)/],
  [/^SDL_GetError$/, /^SDL_(?!GetError)/],
];

/** The calls of one function, in the order of the text. */
function firstPair(calls: readonly Called[], context: RuleContext): Pair | undefined {
  for (const [at, called] of calls.entries()) {
    for (const [setter, user] of SETS) {
      if (!setter.test(called.name)) continue;
      const later = calls.slice(at + 1).find(({ name }) => user.test(name));
      if (later) return setting(called, later);
    }
    const asked = asksErrno(called.name, context)
      ? /^(?!free$|GoString)/
      : ASKS.find(([asks]) => asks.test(called.name))?.[1];
    const before = asked && calls.slice(0, at).findLast(({ name }) => asked.test(name) && !isCgoOwn(name));
    if (before) return asking(called, before);
  }
  return undefined;
}

const isCgoOwn = (name: string): boolean =>
  /^(?:CString|CBytes|GoString|GoStringN|GoBytes|malloc|free)$|_t$|^u?(?:int|long|char|short)$|^size_t$/.test(
    name,
  );

/** A function of the preamble that does nothing but read errno, or a variable that each thread has its own of. */
function asksErrno(name: string, context: RuleContext): boolean {
  const body = context.file.preamble.functions.get(name)?.body;
  if (body === undefined) return false;
  if (/^\s*return\s+(?:strerror\s*\(\s*)?errno\s*\)?\s*;\s*$/.test(body)) return true;
  const variable = /^\s*return\s+(\w+)\s*;\s*$/.exec(body)?.[1];
  return (
    variable !== undefined &&
    new RegExp(`\\b(?:__thread|_Thread_local|thread_local)\\b[^;{}=]*\\b${variable}\\b`).test(
      context.file.preamble.text,
    )
  );
}

function setting({ call, name }: Called, later: Called): Pair {
  return {
    at: call,
    first: call,
    other: later.call,
    message: {
      en: `C.${name} sets state of this thread; C.${later.name} may run on another one. Lock the goroutine to its thread.`,
      zh: `C.${name} 设置的是当前线程的状态，C.${later.name} 可能在另一个线程上运行。请把 goroutine 锁定到线程。`,
    },
    related: { en: "Relies on it.", zh: "依赖这个状态。" },
  };
}

function asking({ call, name }: Called, before: Called): Pair {
  return {
    at: call,
    first: before.call,
    other: before.call,
    message: {
      en: `C.${name} reads what C.${before.name} left on its thread; by now this may be another thread. Lock the goroutine to its thread.`,
      zh: `C.${name} 读取 C.${before.name} 留在所在线程上的结果，而现在可能已是另一个线程。请把 goroutine 锁定到线程。`,
    },
    related: { en: "Left it there.", zh: "结果由这里留下。" },
  };
}

function lock(fn: SyntaxNode, first: SyntaxNode, context: RuleContext): Fix | undefined {
  const body = fn.field("body");
  const top = body && statementsOf(body).find((statement) => statement.holds(first));
  if (!top || listedStatement(first) === undefined) return undefined;
  const builder = context.fix();
  const runtime = builder.import("runtime");
  builder.insertBefore(top, [`${runtime}.LockOSThread()`, `defer ${runtime}.UnlockOSThread()`]);
  return builder.build("fix", { en: "Lock the goroutine to its thread", zh: "把 goroutine 锁定到线程" });
}
