/** Reads the argument words of a frame. Source: runtime/traceback.go printArgs (Go 1.17 on; plain words before). */

export type Argument =
  | {
      readonly kind: "word";
      /** Lower-case hexadecimal with `0x`. */
      readonly value: string;
      /** `?`: the value may be stale, its register was not kept alive. */
      readonly stale: boolean;
    }
  | { readonly kind: "aggregate"; readonly fields: readonly Argument[] }
  /** `_`: not available at this pc. */
  | { readonly kind: "unavailable" }
  /** `...`: cut after ten words, five levels. */
  | { readonly kind: "elided" };

const TOKEN = /\s*(0x[0-9a-f]+|\d+|\{|\}|\.\.\.|_|,)(\?)?/giy;

/** Reads what stands between the parentheses of a function line. Unknown text ends the list; never throws. */
export function parseArguments(raw: string): Argument[] {
  const top: Argument[] = [];
  const stack: Argument[][] = [top];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(raw); match; match = TOKEN.exec(raw)) {
    const token = match[1]!;
    const into = stack[stack.length - 1]!;
    if (token === ",") continue;
    if (token === "{") {
      if (stack.length > 16) break;
      const fields: Argument[] = [];
      into.push({ kind: "aggregate", fields });
      stack.push(fields);
    } else if (token === "}") {
      if (stack.length === 1) break;
      stack.pop();
    } else if (token === "...") into.push({ kind: "elided" });
    else if (token === "_") into.push({ kind: "unavailable" });
    else into.push({ kind: "word", value: hex(token), stale: match[2] === "?" });
  }
  return top;
}

function hex(token: string): string {
  return token.startsWith("0x") || token.startsWith("0X")
    ? token.toLowerCase()
    : `0x${BigInt(token).toString(16)}`;
}

/** The words in order, aggregates opened. Unavailable ones are undefined, so that indexes stay right. */
export function flattenArguments(list: readonly Argument[]): (string | undefined)[] {
  const words: (string | undefined)[] = [];
  for (const argument of list) {
    if (argument.kind === "word") words.push(argument.value);
    else if (argument.kind === "unavailable") words.push(undefined);
    else if (argument.kind === "aggregate") words.push(...flattenArguments(argument.fields));
    else break;
  }
  return words;
}
