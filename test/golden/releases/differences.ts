/** Where a release does something else than the catalogue promises although its cause covers it, and why that is right. */
export interface Difference {
  readonly id: string;
  readonly releases: readonly string[];
  /** One line, as it stands in docs/releases.md. */
  readonly why: string;
}

export const differences: readonly Difference[] = [];
