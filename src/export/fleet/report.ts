/** What a set of rules can tell and what not, as text for the head of a generated file. */
import type { FleetWords } from "./messages.ts";
import type { RuleSet } from "./rules.ts";

export function reportOf({ events }: RuleSet, words: FleetWords): string {
  const exact = events.filter(({ fidelity }) => fidelity === "exact").length;
  const lines = [words.fidelity(events.length, exact)];
  for (const { event, fidelity, notes, missing } of events) {
    if (fidelity === "exact") continue;
    const reasons = [...notes.map((note) => words.notes[note]), ...missing.map(words.leftOut)];
    lines.push(
      `  ${event.id}: ${fidelity === "none" ? words.none : words.approximate}${words.colon}${reasons.join(words.semicolon)}`,
    );
  }
  return lines.join("\n");
}
