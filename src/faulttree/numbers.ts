/** Comparisons and relations of conditions, over integers of any size. */

export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface ParsedComparison {
  readonly operator: Operator;
  readonly number: bigint;
}

const comparisons = new Map<string, ParsedComparison>();

/** Reads `>= 100` or `< 0x1000`. The schema has checked the form. */
export function parseComparison(text: string): ParsedComparison {
  let parsed = comparisons.get(text);
  if (!parsed) {
    const operator = /^[=!<>]=?/.exec(text)![0] as Operator;
    parsed = { operator, number: BigInt(text.slice(operator.length).trim()) };
    comparisons.set(text, parsed);
  }
  return parsed;
}

export function compares(left: bigint, operator: Operator, right: bigint): boolean {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** Decimal, with a sign perhaps, or 0x hexadecimal. Undefined for anything else. */
export function readNumber(text: string | undefined): bigint | undefined {
  if (text === undefined || text.length > 100) return undefined;
  const match = /^([-+]?)(\d+|0x[0-9a-fA-F]+)$/.exec(text);
  if (!match) return undefined;
  const size = BigInt(match[2]!);
  return match[1] === "-" ? -size : size;
}

const relationForm = /^([a-z]\w*) (==|!=|<=|>=|<|>) (-?\d+|[a-z]\w*)(?: ([-+*]) (\d+))?$/;

/** The names a relation speaks of. */
export function relationNames(relation: string): string[] {
  const match = relationForm.exec(relation);
  if (!match) return [];
  return /^[a-z]/.test(match[3]!) ? [match[1]!, match[3]!] : [match[1]!];
}

/**
 * Whether `index == length + 1` holds over captured texts. A name that captured nothing equals no number:
 * then `!=` holds and every other operator does not.
 */
export function relationHolds(relation: string, captures: Readonly<Record<string, string>>): boolean {
  const match = relationForm.exec(relation);
  if (!match) return false;
  const operator = match[2] as Operator;
  const left = readNumber(captures[match[1]!]);
  let right = readNumber(/^[a-z]/.test(match[3]!) ? captures[match[3]!] : match[3]);
  if (left === undefined || right === undefined) return operator === "!=";
  if (match[4]) {
    const by = BigInt(match[5]!);
    right = match[4] === "+" ? right + by : match[4] === "-" ? right - by : right * by;
  }
  return compares(left, operator, right);
}
