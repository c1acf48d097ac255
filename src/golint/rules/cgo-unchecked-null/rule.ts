/** The result of a C function that answers NULL when it fails, used without a look at it. */
import type { RuleContext } from "../../context.ts";
import { comparison } from "../../flow/bounds.ts";
import type { Guard } from "../../flow/guard.ts";
import type { Entity } from "../../model/entity.ts";
import type { Fix, Rule, RuleFinding } from "../../rule.ts";
import { argumentsOf, bare, enclosingFunction, listedStatement, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "cgo-unchecked-null",
  severity: "warning",
  cause: "native/segv-in-c/null-in-c",
  title: { en: "Result of C used without a nil check", zh: "没有检查 nil 就使用 C 的返回值" },
  why: {
    en: "A file that is missing or memory that does not suffice makes C return NULL; used in C it is a SIGSEGV that no recover catches.",
    zh: "文件不存在或内存不足时 C 返回 NULL；在 C 里使用它会触发 SIGSEGV，recover 也接不住。",
  },
  page,
  anchors: ['"C"'],
  *check(context) {
    for (const call of context.file.calls("C")) {
      const { name } = context.target(call)!;
      if (!mayFail(call, name, context)) continue;
      const finding = unnamed(call, name, context) ?? throughVariable(call, name, context);
      if (finding) yield finding;
    }
  },
};

/** Functions that return NULL in the ordinary course of things: the file, the entry or the device is not there. */
const FAILS =
  /^(?:f(?:d|mem|re)?open|popen|opendir|dlopen|realpath|tmpfile|llama_(?:model_load_from_(?:file|splits)|load_model_from_file|init_from_model|new_context_with_model|adapter_lora_init|lora_adapter_init)|whisper_init(?:_from_(?:file|buffer))?(?:_with_params)?(?:_no_state)?|clip_(?:model_load|init)|mtmd_init_from_file|mtmd_helper_bitmap_init_from_(?:file|buf)|gguf_init_from_file|ggml_backend_(?:load|init_by_name|init_by_type|cuda_init|vk_init|metal_init)|TfLiteModelCreate(?:FromFile)?|TfLiteInterpreterCreate|avcodec_find_(?:de|en)coder(?:_by_name)?|sws_getContext|BIO_new_file|pcap_open_(?:live|offline)|sqlite3_malloc(?:64)?|SDL_Create\w+|IMG_Load|glfwCreateWindow)$/;
/** Allocators, which fail by size. C.malloc is none of them: cgo's own crashes instead of returning nil. */
const ALLOCATES = /^(?:calloc|realloc|reallocarray|aligned_alloc|memalign|valloc|av_malloc|cudaMallocHost)$/;

function mayFail(call: SyntaxNode, name: string, context: RuleContext): boolean {
  if (ALLOCATES.test(name)) {
    const sizes = argumentsOf(call).slice(name.startsWith("realloc") ? 1 : 0);
    return sizes.some((size) => !isConstant(size, context));
  }
  if (FAILS.test(name)) return true;
  const fn = context.file.declaredInC.functions.get(name);
  const body = fn?.body;
  if (body !== undefined && fn!.result.includes("*") && MAKES.test(name) && returnsNull(body)) return true;
  const returned =
    body === undefined ? undefined : /^\s*return\s*(?:\([^()]*\*\s*\)\s*)?(\w+) *\(/.exec(body);
  return returned !== undefined && returned !== null && FAILS.test(returned[1]!);
}

/** Functions that make or look up something, which they may not be able to. */
const MAKES =
  /(?:^|_|[a-z])(?:open|load|create|init|new|alloc|connect|parse|compile|find|lookup)(?:_|$|[A-Z])|(?:Open|Load|Create|Init|New|Alloc|Connect|Parse|Compile|Find|Lookup)/;

/** `return NULL` for another reason than that it was given NULL or an index too large, or that there is no memory. */
function returnsNull(body: string): boolean {
  const rest = body.replace(
    /\bif\s*\(\s*(?:!\s*\w+|[\w>.-]+\s*(?:==|[<>]=?)\s*[\w>.-]+)\s*\)\s*\{?\s*return\s+(?:NULL|0|nullptr)\s*;/g,
    " ",
  );
  // What never returns anything else stands in for a function that an older library lacks.
  const isStub = !/\breturn\b(?!\s*\(?\s*(?:NULL|nullptr|0)\s*\)?\s*;)/.test(body);
  return !isStub && /\breturn\s*\(?\s*(?:NULL|nullptr)\s*\)?\s*;/.test(rest);
}

/** A Go constant, whatever its value; a macro of C, by its capitals; `C.sizeof_T`. */
function isConstant(size: SyntaxNode, context: RuleContext): boolean {
  const node = context.types.unconverted(size);
  if (context.types.constant(node) !== undefined) return true;
  if (node.kind === "identifier") return context.file.entity(node)?.kind === "constant";
  if (node.kind === "binary_expression")
    return isConstant(node.field("left")!, context) && isConstant(node.field("right")!, context);
  return /^(?:C\.(?:sizeof_\w+|[A-Z][A-Z0-9_]*)|unsafe\.Sizeof\([^()]*\))$/.test(node.text);
}

const message = (name: string, use: string) => ({
  en: `C.${name} returns NULL when it fails; ${use} uses the result without a check.`,
  zh: `C.${name} 失败时返回 NULL；${use} 没有检查就使用了返回值。`,
});

/** The call stands where its result is used at once. */
function unnamed(call: SyntaxNode, name: string, context: RuleContext): RuleFinding | undefined {
  const use = useOf(context.converted(call), context);
  return use && { at: call, message: message(name, use.name) };
}

function throughVariable(call: SyntaxNode, name: string, context: RuleContext): RuleFinding | undefined {
  const fn = enclosingFunction(call);
  const value = context.converted(call);
  const entity = (fn ? context.file.locals(fn) : []).find((e) =>
    e.assignments.some((a) => a.value && bare(a.value) === value && !a.index),
  );
  // Another value, or a use in a literal, may be checked elsewhere.
  if (!entity || entity.owner !== fn || entity.assignments.length !== 1) return undefined;
  const guard = notNil(entity, value, context);
  for (const reference of entity.references) {
    const use = useOf(context.converted(reference), context);
    if (!use) continue;
    if (enclosingFunction(reference) !== fn || context.isGuarded(reference, guard)) return undefined;
    const fix = withCheck(entity, call, context);
    return {
      at: call,
      message: message(name, use.name),
      related: [{ at: use.node, message: { en: "Used here.", zh: "在这里使用。" } }],
      ...(fix && { fixes: [fix] }),
    };
  }
  return undefined;
}

/** A comparison with nil, or of the error that came along; or a Go function that was given the pointer to look at. */
function notNil(entity: Entity, value: SyntaxNode, context: RuleContext): Guard {
  const names = new Set([entity]);
  for (const other of context.file.locals(entity.owner!)) {
    if (other.assignments.some((a) => a.value && bare(a.value) === value)) names.add(other);
    if (other.assignments.some((a) => a.value && context.localOf(a.value) === entity)) names.add(other);
  }
  const is = (node: SyntaxNode) => {
    const local = context.localOf(node);
    return local !== undefined && names.has(local);
  };
  return {
    condition: (node, holds) => node.kind !== "range_clause" && comparison(node, holds, is) !== undefined,
    step: (node) => {
      const looks = node
        .find("call_expression")
        .some(
          (call) =>
            !/^(?:C|unsafe)$/.test(context.target(call)?.path ?? "") &&
            !context.types.conversion(call) &&
            argumentsOf(call).some(is),
        );
      return looks ? true : undefined;
    },
  };
}

/** A place that looks through the pointer, or hands it to C, which will. */
function useOf(
  value: SyntaxNode,
  context: RuleContext,
): { readonly node: SyntaxNode; readonly name: string } | undefined {
  const { parent } = value;
  if (parent?.kind === "selector_expression") return { node: parent, name: parent.text };
  if (parent?.kind === "unary_expression" && parent.field("operator")?.kind === "*")
    return { node: parent, name: parent.text };
  const call = parent?.kind === "argument_list" ? parent.parent : undefined;
  const target = call && context.target(call);
  if (
    !call ||
    target?.path !== "C" ||
    /(?:^|_)(?:free|destroy|delete|unref)|Free|Destroy|Delete|GoString/.test(target.name)
  )
    return undefined;
  return { node: call, name: `C.${target.name}` };
}

function withCheck(entity: Entity, call: SyntaxNode, context: RuleContext): Fix | undefined {
  const statement = listedStatement(call);
  if (statement?.kind !== "short_var_declaration") return undefined;
  return context
    .fix()
    .insertAfter(statement, [
      `if ${entity.name} == nil {`,
      `\tpanic("C.${context.target(call)!.name} failed")`,
      "}",
    ])
    .build("suggestion", { en: "Check it", zh: "加上检查" });
}
