/** Where the nodes of the fault tree stand. Pure numbers, so that both layouts can be tested without a page. */
import type { TreeNode } from "../protocol.ts";

/** A node as drawn: one of the tree, or the entry that shows more siblings. */
export interface Placed {
  readonly node: TreeNode;
  /** For the entry that stands for hidden siblings: the parent whose children it shows, and how many. */
  readonly more?: { readonly parent: string; readonly count: number };
  readonly parent: number | undefined;
  readonly level: number;
  readonly expanded: boolean | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly placed: readonly Placed[];
  readonly width: number;
  readonly height: number;
  readonly wide: boolean;
}

export interface Open {
  /** Ids of nodes whose children are shown though they are not on the path, or hidden though they are. */
  readonly toggled: ReadonlySet<string>;
  /** Ids of nodes all of whose children are shown. */
  readonly all: ReadonlySet<string>;
}

/** Children shown of a node before the rest is asked for: of events the one met, of causes the first few. */
const SHOWN = { event: 6, layer: 1, top: 99, gate: 99, cause: 0 } as const;
const WIDTHS = { top: 112, layer: 132, event: 152, cause: 236, gate: 0 } as const;
const HEIGHT = 44;
const GAP_Y = 8;
/** Room between the columns for a gate and its lines. */
const GAP_X = 46;
const INDENT = 22;
/** Room the wide layout needs. */
export const WIDE_FROM = WIDTHS.top + WIDTHS.layer + WIDTHS.event + WIDTHS.cause + 3 * GAP_X;

type Drawn = Omit<Placed, "x" | "y" | "width" | "height">;

/** Left to right where there is room, else as an indented list. */
export function layoutTree(root: TreeNode, open: Open, room: number): Layout {
  const drawn = walk(root, open);
  return room >= WIDE_FROM ? leftToRight(drawn) : indented(drawn, room);
}

/** Whether the children of a node are shown. */
export function isExpanded(node: TreeNode, open: Open): boolean {
  return (node.lit ?? false) !== open.toggled.has(node.id);
}

function walk(root: TreeNode, open: Open): Drawn[] {
  const drawn: Drawn[] = [];
  const visit = (node: TreeNode, parent: number | undefined, level: number) => {
    const children = node.children ?? [];
    const expanded = children.length === 0 ? undefined : isExpanded(node, open);
    const own = drawn.push({ node, parent, level, expanded }) - 1;
    if (!expanded) return;
    const first = node.lit ? SHOWN[node.kind] : SHOWN.top;
    const shown = open.all.has(node.id) ? children.length : first;
    for (const child of children.slice(0, shown)) visit(child, own, level + 1);
    const count = children.length - shown;
    if (count > 0)
      drawn.push({
        node: { id: `${node.id}#more`, title: "", kind: children[0]!.kind },
        more: { parent: node.id, count },
        parent: own,
        level: level + 1,
        expanded: undefined,
      });
  };
  visit(root, undefined, 0);
  return drawn;
}

function leftToRight(drawn: readonly Drawn[]): Layout {
  const columns = [0];
  const order = [WIDTHS.top, WIDTHS.layer, WIDTHS.event, WIDTHS.cause];
  for (const width of order) columns.push(columns.at(-1)! + width + GAP_X);
  // Leaves get the rows; a parent stands in the middle of its first and last child.
  const rows = new Array<number>(drawn.length);
  let next = 0;
  for (let index = drawn.length - 1; index >= 0; index--) rows[index] = -1;
  const childrenOf = drawn.map(() => [] as number[]);
  for (const [index, { parent }] of drawn.entries())
    if (parent !== undefined) childrenOf[parent]!.push(index);
  const settle = (index: number): number => {
    const children = childrenOf[index]!;
    if (children.length === 0) rows[index] = next++;
    else {
      const places = children.map(settle);
      rows[index] = (places[0]! + places.at(-1)!) / 2;
    }
    return rows[index]!;
  };
  settle(0);
  const placed = drawn.map((each, index) => ({
    ...each,
    x: columns[each.level]!,
    y: rows[index]! * (HEIGHT + GAP_Y),
    width: order[each.level] ?? WIDTHS.cause,
    height: HEIGHT,
  }));
  const right = Math.max(...placed.map(({ x, width }) => x + width));
  return { placed, width: right, height: next * (HEIGHT + GAP_Y) - GAP_Y, wide: true };
}

function indented(drawn: readonly Drawn[], room: number): Layout {
  const width = Math.max(200, room);
  const placed = drawn.map((each, index) => {
    const x = each.level * INDENT;
    return { ...each, x, y: index * (HEIGHT + GAP_Y), width: width - x, height: HEIGHT };
  });
  return { placed, width, height: drawn.length * (HEIGHT + GAP_Y) - GAP_Y, wide: false };
}
