/**
 * When a file is checked: at once where checks are quick, and after a pause in typing as long as they are slow. Several
 * changes that arrived together are one check.
 */
import type { OpenFile } from "./open-file.ts";

/** Checks as quick as this one follow each key. */
const QUICK_MS = 25;
const LONGEST_MS = 1000;
/** Lets the messages that have arrived already be read first. */
const NEXT_MS = 1;

export class Scheduler {
  private readonly timers = new Map<OpenFile, NodeJS.Timeout>();
  private readonly waiting = new Set<NodeJS.Timeout>();

  /** Runs once for all calls until then. `least` is a pause in milliseconds. */
  schedule(file: OpenFile, run: () => void, least = 0): void {
    clearTimeout(this.timers.get(file));
    const timer = setTimeout(
      () => {
        this.timers.delete(file);
        run();
      },
      Math.max(least, pause(file)),
    );
    this.timers.set(file, timer);
  }

  /** Resolves when a check that a client asks for may be made: when the typing has paused long enough. */
  async ready(file: OpenFile): Promise<void> {
    for (;;) {
      const rest = Math.max(NEXT_MS, file.changed + pause(file) - performance.now());
      const { changed } = file;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          this.waiting.delete(timer);
          resolve();
        }, rest);
        this.waiting.add(timer);
      });
      if (file.changed === changed) return;
    }
  }

  forget(file: OpenFile): void {
    clearTimeout(this.timers.get(file));
    this.timers.delete(file);
  }

  dispose(): void {
    for (const timer of [...this.timers.values(), ...this.waiting]) clearTimeout(timer);
    this.timers.clear();
    this.waiting.clear();
  }
}

function pause({ quickCost }: OpenFile): number {
  return quickCost <= QUICK_MS ? NEXT_MS : Math.min(LONGEST_MS, quickCost * 1.5);
}
