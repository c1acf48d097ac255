/** A Go pointer handed to a C function that keeps it: user data of a callback, a buffer for later. */
import { cCalls, goMemory, mentionsPin, shown } from "../../cgo/go-memory.ts";
import { inBody } from "../../cgo/memory.ts";
import type { RuleContext } from "../../context.ts";
import type { Rule } from "../../rule.ts";
import { argumentsOf, bare, enclosingFunction, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-callback-pointer-kept",
  severity: "warning",
  cause: "native/gc-mark-crash/buffer-kept-by-c",
  title: { en: "C keeps a Go pointer", zh: "C 保留了 Go 指针" },
  why: {
    en: "cgo keeps Go memory alive until the call returns; what C keeps afterwards points to memory that may be freed.",
    zh: "cgo 只在调用期间保住 Go 内存；C 在调用之后仍保留的指针，指向的内存可能已被回收。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    for (const call of cCalls(context)) {
      for (const [index, argument] of argumentsOf(call).entries()) {
        const origin = goMemory(argument, context, "likely");
        if (!origin || isStatic(origin, context) || !keeps(call, index, argument, context)) continue;
        if (mentionsPin(call) || isUndone(call, context)) break;
        const { name } = context.target(call)!;
        yield {
          at: argument,
          message: {
            en: `C.${name} keeps this pointer after it returns, and ${shown(context.types.unconverted(argument))} is Go memory. Give C a cgo.Handle as a number, or C memory, or pin it until C lets go of it.`,
            zh: `C.${name} 返回后仍保留这个指针，而 ${shown(context.types.unconverted(argument))} 是 Go 内存。请把 cgo.Handle 作为整数传给 C，或用 C 内存，或固定到 C 不再使用为止。`,
          },
        };
      }
    }
  },
};

/** A C function that says by its name that it registers something. */
const REGISTERS =
  /(?:^|_)(?:set|register|add|install|subscribe|attach|watch|connect|hook|listen)(?:_|$)|(?:^|[a-z0-9_])(?:Set|Register|Add|Install|Subscribe|Attach|Watch|Connect|Hook|Listen)(?:[A-Z_]|$)/;
/** And that what it registers is called later. */
const CALLBACK =
  /callback|handler|hook|listener|observer|notif|trampoline|(?:^|_)(?:cb|log|logger|events?|progress)(?:_|$)|(?:Cb|CB|Log|Logger|Events?|Progress)(?:$|[A-Z_])/i;

/** By the body where the preamble has it, else by the name where a function pointer goes along. */
function keeps(call: SyntaxNode, index: number, argument: SyntaxNode, context: RuleContext): boolean {
  const { name } = context.target(call)!;
  const fn = context.file.preamble.functions.get(name);
  const parameter = fn?.parameters[index]?.name;
  if (fn?.body !== undefined && parameter) {
    const known = inBody(fn.body, parameter);
    if (known) return known === "keeps" && storesOutside(fn.body, parameter);
    // What it is handed on to has a name as well.
    if (![...fn.body.matchAll(/(\w+) *\(/g)].some(([, callee]) => registers(callee!))) return false;
  } else if (!registers(name)) return false;
  return isUserData(argument, context) && takesFunction(call, index, fn?.parameters);
}

const registers = (name: string): boolean => REGISTERS.test(name) && CALLBACK.test(name);

/** `global = p;` or `x->f = p;`, not a local's declaration and not `return p`. */
function storesOutside(body: string, parameter: string): boolean {
  for (const found of body.matchAll(
    new RegExp(`([\\w\\]>.-]+(?:\\s*\\w+)?)\\s*=\\s*(?:\\([^()]*\\)\\s*)?${parameter}\\s*;`, "g"),
  )) {
    const name = /^\w+/.exec(found[1]!)?.[0] ?? "";
    // A name the body declares is gone with the call; a store through a pointer may not be.
    const declared = new RegExp(`[\\w*]\\s*[\\s*]${name}\\s*(?:=|;|\\[)`).test(
      body.replace(/\breturn\b/g, ";"),
    );
    if (!declared) return true;
  }
  return false;
}

/** `void *` or a number: nothing C looks into by itself. */
function isUserData(argument: SyntaxNode, context: RuleContext): boolean {
  return context.types.isUnsafePointer(argument) || /^C\.uintptr_t\(/.test(bare(argument).text);
}

/** Whether another argument is a C function, or the C function has it built in. */
function takesFunction(call: SyntaxNode, index: number, parameters: readonly unknown[] | undefined): boolean {
  if (parameters?.length === 1) return true;
  return argumentsOf(call).some((other, at) => at !== index && FUNCTION.test(other.text));
}

/** `C.name` of a function, in a conversion or not; constants of C are written in capitals. */
const FUNCTION = /^(?:\(?\*?(?:C\.\w+|\[0\]byte)\)?\()?(?:unsafe\.Pointer\()?C\.(?![A-Z0-9_]+\b)\w+\)*$/;

/** A package's variable is never freed. */
function isStatic(origin: SyntaxNode, context: RuleContext): boolean {
  const operand = origin.kind === "unary_expression" ? bare(origin.field("operand")!) : origin;
  return operand.kind === "identifier" && context.file.local(operand) === undefined;
}

const UNDOES =
  /(?:^|_)(?:un(?:register|set|subscribe|hook|install|watch|bind|attach|init|load)|remove|clear|reset|stop|detach|disconnect|destroy|delete|close)(?:_|$)|(?:^|[a-z0-9_])(?:Un(?:register|set|subscribe|hook|install|watch|bind)|Remove|Clear|Reset|Stop|Detach|Disconnect|Destroy|Delete|Close)(?:[A-Z_]|$)/;

/** Whether the function takes the registration back before it returns. */
function isUndone(call: SyntaxNode, context: RuleContext): boolean {
  const fn = enclosingFunction(call);
  const { name } = context.target(call)!;
  return context.file.calls("C").some((other) => {
    if (other === call || !fn?.holds(other)) return false;
    const undoing = context.target(other)!.name;
    return undoing === name || UNDOES.test(undoing);
  });
}
