/** Groups goroutines by their stacks. */
import type { CrashReport, Frame, Goroutine } from "./report.ts";

/** Goroutines that share a stack. */
export interface StackGroup {
  readonly count: number;
  /** States with their counts. */
  readonly states: Readonly<Record<string, number>>;
  /** The first ids, at most `maxIds`. */
  readonly ids: readonly number[];
  readonly maxWaitMinutes?: number;
  /** Index in `report.goroutines` of the first one. */
  readonly sample: number;
}

/** Ids listed per group: a reader looks at a few, a dump of 100,000 stays printable. */
const MAX_IDS = 100;

/**
 * Groups by function, file and line of every frame and of the creator. With `exact`, argument values must be equal
 * too. The faulting goroutine's group comes first, then larger before smaller, then in order of appearance.
 */
export function groupGoroutines(report: CrashReport, options: { exact?: boolean } = {}): StackGroup[] {
  return groupMembers(report, options).map((members) => describe(report.goroutines, members));
}

/** For each group of `groupGoroutines`, in its order, the indexes of its goroutines in `report.goroutines`. */
export function groupMembers(report: CrashReport, options: { exact?: boolean } = {}): number[][] {
  const places = new PlaceIds(options.exact ?? false);
  const groups = new Map<string, { members: number[]; faulting: boolean }>();
  report.goroutines.forEach((goroutine, index) => {
    const key = places.key(goroutine);
    let group = groups.get(key);
    if (!group) {
      group = { members: [], faulting: false };
      groups.set(key, group);
    }
    group.members.push(index);
    if (goroutine.faulting) group.faulting = true;
  });
  return [...groups.values()]
    .sort(
      (a, b) =>
        Number(b.faulting) - Number(a.faulting) ||
        b.members.length - a.members.length ||
        a.members[0]! - b.members[0]!,
    )
    .map(({ members }) => members);
}

function describe(goroutines: readonly Goroutine[], members: readonly number[]): StackGroup {
  const states: Record<string, number> = {};
  let maxWaitMinutes: number | undefined;
  for (const index of members) {
    const goroutine = goroutines[index]!;
    states[goroutine.state] = (states[goroutine.state] ?? 0) + 1;
    if (goroutine.waitMinutes !== undefined && goroutine.waitMinutes > (maxWaitMinutes ?? -1)) {
      maxWaitMinutes = goroutine.waitMinutes;
    }
  }
  return {
    count: members.length,
    states,
    ids: members.slice(0, MAX_IDS).map((index) => goroutines[index]!.id),
    ...(maxWaitMinutes !== undefined && { maxWaitMinutes }),
    sample: members[0]!,
  };
}

/** Gives every place a small number; frames that are one object cost one look-up. */
class PlaceIds {
  private readonly byFrame = new Map<Frame, number>();
  private readonly byText = new Map<string, number>();

  constructor(private readonly exact: boolean) {}

  key(goroutine: Goroutine): string {
    let key = "";
    for (const frame of goroutine.frames) key += `${this.id(frame)},`;
    return goroutine.createdBy ? `${key}c${this.id(goroutine.createdBy)}` : key;
  }

  private id(frame: Frame): number {
    let id = this.byFrame.get(frame);
    if (id === undefined) {
      const args = this.exact ? `(${frame.args ?? ""}` : "";
      const text = `${frame.function}\n${frame.file ?? ""}:${frame.line ?? 0}:${frame.offset ?? ""}${args}`;
      id = this.byText.get(text) ?? this.byText.size;
      this.byText.set(text, id);
      this.byFrame.set(frame, id);
    }
    return id;
  }
}
