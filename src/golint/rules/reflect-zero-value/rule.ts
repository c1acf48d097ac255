/** A reflect.Value that may be the zero Value, or has no address, used as if it were one that has. */
import type { RuleContext } from "../../context.ts";
import { zeroResults } from "../../edit/zero-results.ts";
import { isString } from "../../model/types.ts";
import {
  argumentOfValueOf,
  askedGuard,
  comesFromOutside,
  type MethodCall,
  madeWith,
  methodCall,
  needsAddress,
  panicsOnZero,
  withoutAddress,
} from "../../reflect/values.ts";
import type { Fix, Rule, RuleFinding, Words } from "../../rule.ts";
import { argumentsOf, bare, enclosingFunction, listedStatement, type SyntaxNode } from "../../syntax/node.ts";
import { page } from "./page.ts";

export const rule: Rule = {
  id: "reflect-zero-value",
  severity: "warning",
  cause: "runtime/reflect/name-not-found",
  title: { en: "A reflect.Value is used unchecked", zh: "未经检查就使用 reflect.Value" },
  why: {
    en: "FieldByName, MethodByName and MapIndex give the zero Value for a name that is not there, and nearly every method panics on it.",
    zh: "名称不存在时，FieldByName、MethodByName、MapIndex 返回零 Value，几乎所有方法遇到它都会 panic。",
  },
  page,
  anchors: ["FieldByName", "MethodByName", "MapIndex", "reflect.ValueOf"],
  *check(context) {
    // What a test looks up, its author wrote.
    if (context.file.importName("reflect") === undefined || context.file.name.endsWith("_test.go")) return;
    for (const fn of context.file.functions("(")) {
      if (!/FieldByName|MethodByName|MapIndex|\.ValueOf\(/.test(fn.chunk.text)) continue;
      const seen = new Set<string>();
      for (const node of fn.find("call_expression")) {
        const call = methodCall(node);
        const finding = call && check(call, context);
        if (!finding || enclosingFunction(node)!.text.includes("recover()")) continue;
        // What follows the first panic is not reached.
        const key =
          call.on.kind === "identifier"
            ? String(context.file.local(call.on)?.node.start)
            : String(node.start);
        if (!seen.has(key)) yield finding;
        seen.add(key);
      }
    }
  },
};

function check(call: MethodCall, context: RuleContext): RuleFinding | undefined {
  if (!panicsOnZero(call)) return undefined;
  return (
    lookedUp(call, context) ??
    unaddressable(call, context) ??
    ofNilPointer(call, context) ??
    ofNil(call, context)
  );
}

/** `v.FieldByName(name).Interface()`. */
function lookedUp(call: MethodCall, context: RuleContext): RuleFinding | undefined {
  const made = madeWith(call.on, context);
  const lookup = methodCall(made);
  const argument = lookup && argumentsOf(made)[0];
  if (!lookup || !argument || !/^(?:FieldByName|MethodByName|MapIndex)$/.test(lookup.method))
    return undefined;
  if (!mayBeValue(lookup.on, context)) return undefined;
  const missing = lookup.method === "FieldByName" ? missingField(lookup, argument, context) : undefined;
  const names = missing ? [] : doubtfulNames(lookup, argument, context);
  if (!missing && names.length === 0) return undefined;
  const looks = (step: SyntaxNode) =>
    !step.holds(made) && names.some((name) => looksAt(step, name, lookup.method));
  if (context.isGuarded(call.call, askedGuard(call.on, looks))) return undefined;
  if (
    call.on !== made &&
    context.isGuarded(made, { condition: looks, step: (step) => looks(step) || undefined })
  )
    return undefined;
  const fix = returnEarly(call.on, made, context);
  return {
    at: call.call,
    ...(missing && { severity: "error" as const }),
    message: missing ?? absent(lookup, argument, call.method),
    ...(made !== call.on && {
      related: [{ at: made, message: { en: "It is looked up here.", zh: "在这里查找。" } }],
    }),
    ...(fix && { fixes: [fix] }),
  };
}

const absent = ({ method }: MethodCall, argument: SyntaxNode, used: string): Words => ({
  en: `${method} gives the zero Value where ${argument.text} names nothing, and ${used} panics on it: ask IsValid first.`,
  zh: `${argument.text} 不存在时 ${method} 返回零 Value，对它调用 ${used} 会 panic：应先判断 IsValid。`,
});

function mayBeValue(node: SyntaxNode, context: RuleContext): boolean {
  const type = context.types.typeOf(node);
  if (type.kind === "unknown") return true;
  return type.kind === "named" && type.package === "reflect" && type.name === "Value";
}

/** The names a lookup hangs on, where they come from outside. */
function doubtfulNames(lookup: MethodCall, argument: SyntaxNode, context: RuleContext): string[] {
  const inner = bare(argument);
  const key = lookup.method === "MapIndex" ? argumentOfValueOf(madeWith(inner, context), context) : inner;
  const root = key && comesFromOutside(key, context);
  if (!root) return [];
  const isText = isString(context.types.underlying(context.types.typeOfEntity(root)));
  return [...key.find("identifier").map(({ text }) => text), ...(isText ? [root.name] : [])];
}

/** Whoever compares the name, or looks it up elsewhere, may know that it is there. */
function looksAt(step: SyntaxNode, name: string, method: string): boolean {
  if (!new RegExp(`\\b${name}\\b`).test(step.text)) return false;
  let found = false;
  step.walk((node) => {
    const isName = (inner: SyntaxNode | undefined) => inner?.text === name;
    if (node.kind === "binary_expression" && /^[!=]=$/.test(node.field("operator")?.kind ?? "")) {
      const sides = [node.field("left"), node.field("right")];
      if (sides.some(isName) && !sides.some((side) => side?.text === '""' || side?.kind === "nil"))
        found = true;
    } else if (node.kind === "index_expression" && isName(node.field("index"))) found = true;
    else if (methodCall(node)?.method === method && argumentsOf(node).some((a) => isName(a))) found = true;
    else if (/^(?:slices|maps|regexp)\./.test(node.field("function")?.text ?? "")) found = true;
  });
  return found || step.text === name;
}

/** A constant name that the struct, declared in this package, does not have. */
function missingField(lookup: MethodCall, argument: SyntaxNode, context: RuleContext): Words | undefined {
  const name = bare(argument);
  if (name.kind !== "interpreted_string_literal") return undefined;
  const field = name.text.slice(1, -1);
  const type = reflected(lookup.on, context);
  const struct = type && context.types.underlying(type);
  if (type?.kind !== "named" || struct?.kind !== "struct") return undefined;
  if (struct.fields.some((f) => f.name === field || f.embedded)) return undefined;
  return {
    en: `${type.name} has no field ${field}: FieldByName gives the zero Value, and this panics.`,
    zh: `${type.name} 没有字段 ${field}：FieldByName 返回零 Value，这里会 panic。`,
  };
}

/** The struct behind `reflect.ValueOf(x)`, `reflect.ValueOf(&x).Elem()` and reflect.Indirect. */
function reflected(node: SyntaxNode, context: RuleContext) {
  const made = madeWith(node, context);
  const direct = argumentOfValueOf(made, context);
  if (direct) return context.types.typeOf(direct);
  const target = made.kind === "call_expression" ? context.target(made) : undefined;
  const elem = methodCall(made);
  const inner =
    target?.path === "reflect" && target.name === "Indirect"
      ? argumentsOf(made)[0]
      : elem?.method === "Elem"
        ? elem.on
        : undefined;
  const value = inner && argumentOfValueOf(madeWith(bare(inner), context), context);
  const type = value && context.types.typeOf(value);
  return type?.kind === "pointer" ? type.element : undefined;
}

/** `if !f.IsValid() { return ... }` behind the lookup. */
function returnEarly(value: SyntaxNode, made: SyntaxNode, context: RuleContext): Fix | undefined {
  const statement = value.kind === "identifier" ? listedStatement(made) : undefined;
  const fn = enclosingFunction(made);
  if (!statement || !fn || statement.kind !== "short_var_declaration" || enclosingFunction(statement) !== fn)
    return undefined;
  const zero = zeroResults(fn, context);
  if (zero === undefined) return undefined;
  return context
    .fix()
    .insertAfter(statement, [
      `if !${value.text}.IsValid() {`,
      `\treturn${zero === "" ? "" : ` ${zero}`}`,
      "}",
    ])
    .build("suggestion", { en: "Return when there is none", zh: "不存在时返回" });
}

/** `reflect.ValueOf(x).Field(0).SetInt(1)`: a copy. */
function unaddressable(call: MethodCall, context: RuleContext): RuleFinding | undefined {
  const made = needsAddress(call) ? withoutAddress(call.on, context) : undefined;
  const value = made && argumentOfValueOf(made, context);
  if (
    !value ||
    context.isGuarded(
      call.call,
      askedGuard(call.on, () => false),
    )
  )
    return undefined;
  const fix = addressed(made, value, context);
  return {
    at: call.call,
    severity: "error",
    message: {
      en: `reflect.ValueOf(${value.text}) is a copy without an address: ${call.method} panics.`,
      zh: `reflect.ValueOf(${value.text}) 是没有地址的副本：${call.method} 会 panic。`,
    },
    cause: "runtime/reflect/set-unaddressable",
    ...(made !== call.on && {
      related: [{ at: made, message: { en: "The copy is made here.", zh: "副本在这里产生。" } }],
    }),
    ...(fix && { fixes: [fix] }),
  };
}

function addressed(made: SyntaxNode, value: SyntaxNode, context: RuleContext): Fix | undefined {
  const name = bare(value);
  const entity = name.kind === "identifier" ? context.file.local(name) : undefined;
  const type = context.types.underlying(context.types.typeOf(name));
  if (!entity) return undefined;
  const builder = context.fix();
  if (type.kind === "pointer") {
    builder.insert(made.end, ".Elem()");
    const isAlone = made.parent?.kind === "selector_expression";
    return builder.build(isAlone && isMade(entity.assignments[0]?.value, context) ? "fix" : "suggestion", {
      en: "Set what it points to",
      zh: "设置指针指向的值",
    });
  }
  if (type.kind !== "struct" && type.kind !== "basic" && type.kind !== "array") return undefined;
  builder.replace(value, `&${name.text}`).insert(made.end, ".Elem()");
  return builder.build(entity.kind === "variable" ? "fix" : "suggestion", {
    en: "Reflect its address",
    zh: "改为反射它的地址",
  });
}

const isMade = (value: SyntaxNode | undefined, context: RuleContext): boolean =>
  value !== undefined && (value.text.startsWith("&") || context.isBuiltinCall(value, "new"));

/** `reflect.ValueOf((*T)(nil)).Elem()` is the zero Value; TypeOf is what was meant. */
function ofNilPointer(call: MethodCall, context: RuleContext): RuleFinding | undefined {
  const made = madeWith(call.on, context);
  const elem = methodCall(made);
  const value = elem?.method === "Elem" ? argumentOfValueOf(elem.on, context) : undefined;
  const conversion = value && context.types.conversion(bare(value));
  if (!conversion || bare(conversion.operand).kind !== "nil" || conversion.type.kind !== "pointer")
    return undefined;
  if (
    context.isGuarded(
      call.call,
      askedGuard(call.on, () => false),
    )
  )
    return undefined;
  const fix =
    call.method === "Type" && made === call.on
      ? context
          .fix()
          .replace(call.call, `${made.text.replace(/\bValueOf\(/, "TypeOf(")}`)
          .build("fix", { en: "Use reflect.TypeOf", zh: "改用 reflect.TypeOf" })
      : undefined;
  return {
    at: call.call,
    severity: "error",
    message: {
      en: `Elem of a nil pointer is the zero Value: ${call.method} panics.`,
      zh: `nil 指针的 Elem 是零 Value：${call.method} 会 panic。`,
    },
    cause: "runtime/reflect/elem-of-nil-pointer",
    ...(fix && { fixes: [fix] }),
  };
}

/** `f.Set(reflect.ValueOf(v))` and `reflect.ValueOf(v).Type()` of a v that JSON's null makes nil. */
function ofNil(call: MethodCall, context: RuleContext): RuleFinding | undefined {
  const argument = call.method === "Set" ? argumentsOf(call.call)[0] : undefined;
  const made = argument && argumentOfValueOf(argument, context) ? argument : madeWith(call.on, context);
  const value = argumentOfValueOf(made, context);
  const name = value && bare(value);
  if (!name || !isElementOfAny(name, call, context)) return undefined;
  if (
    context.isGuarded(
      call.call,
      askedGuard(name, () => false),
    )
  )
    return undefined;
  if (
    made === call.on &&
    context.isGuarded(
      call.call,
      askedGuard(call.on, () => false),
    )
  )
    return undefined;
  const isOwn = name.kind === "identifier" && context.file.local(name)?.kind === "parameter";
  return {
    at: call.call,
    message: {
      en: `${name.text} may be nil${isOwn ? "" : ", as JSON's null is"}: reflect.ValueOf gives the zero Value, and ${call.method} panics.`,
      zh: `${name.text} 可能为 nil${isOwn ? "" : "（例如 JSON 的 null）"}：reflect.ValueOf 返回零 Value，${call.method} 会 panic。`,
    },
    cause: "runtime/reflect/value-of-nil-interface",
  };
}

/** An element of a map[string]any, where null and what is missing are nil; of []any where it is to be set. */
function isElementOfAny(node: SyntaxNode, call: MethodCall, context: RuleContext): boolean {
  const { method } = call;
  if (context.types.typeOf(node).kind !== "interface") return false;
  const entity = node.kind === "identifier" ? context.file.local(node) : undefined;
  if (entity?.kind === "parameter") return isSetByName(call, entity.owner, context);
  const isValue = entity?.range?.index === 1;
  const only =
    entity?.kind === "variable" && entity.assignments.length === 1 ? entity.assignments[0] : undefined;
  const element = bare(only?.value ?? node);
  const over = isValue
    ? entity.range!.over
    : element.kind === "index_expression"
      ? element.field("operand")
      : undefined;
  // A registry that was asked has what it has.
  if (!over || (only?.index !== undefined && method.startsWith("Call"))) return false;
  const holder = context.types.underlying(context.types.typeOf(over));
  if (holder.kind === "slice") return method === "Set";
  return holder.kind === "map" && holder.key.kind === "basic" && holder.key.name === "string";
}

/** `SetField(target, name, value)`: what others may call with anything. */
function isSetByName({ method, on }: MethodCall, fn: SyntaxNode | undefined, context: RuleContext): boolean {
  const lookup = methodCall(madeWith(on, context));
  return (
    method === "Set" && lookup?.method === "FieldByName" && /^\p{Lu}/u.test(fn?.field("name")?.text ?? "")
  );
}
