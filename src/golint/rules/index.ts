/** All rules, in the order they are listed: that of their ids. A new rule is a folder here; the build finds it. */
import type { Rule } from "../rule.ts";
import { ALL } from "./all.ts";

export const RULES: readonly Rule[] = ALL;

const ids = new Set(RULES.map(({ id }) => id));

/** Whether a finding's id is a rule's; the others tell what is wrong with a directive. */
export const isRule = (id: string): boolean => ids.has(id);
