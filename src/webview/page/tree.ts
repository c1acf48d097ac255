/** The fault tree as a picture that can be walked: nodes are buttons of a tree, lines and gates are drawn behind. */
import { percent } from "../../export/percent.ts";
import type { TreeNode } from "../protocol.ts";
import type { Context } from "./context.ts";
import { h, section, svg } from "./dom.ts";
import { isExpanded, type Layout, layoutTree, type Placed } from "./tree-layout.ts";

export function treeSection(context: Context, details: HTMLElement): HTMLElement | undefined {
  const picture = new TreePicture(context);
  return section(
    "tree",
    context.m.tree,
    h("p", { class: "visually-hidden", id: "tree-hint" }, context.m.treeHint),
    picture.element,
    details,
  );
}

class TreePicture {
  readonly element: HTMLElement;
  private readonly shown = { toggled: new Set<string>(), all: new Set<string>() };
  private layout: Layout | undefined;
  private buttons: HTMLButtonElement[] = [];
  private current = "";
  private room = 0;

  constructor(private readonly context: Context) {
    this.element = h("div", {
      class: "tree",
      attributes: { role: "tree", "aria-label": context.m.tree, "aria-describedby": "tree-hint" },
      on: { keydown: (event) => this.key(event) },
    });
    new ResizeObserver(([entry]) => {
      const room = Math.floor(entry!.contentRect.width);
      if (Math.abs(room - this.room) < 2) return;
      this.room = room;
      this.draw();
    }).observe(this.element);
  }

  private draw(focus = false): void {
    const layout = layoutTree(this.context.model.tree, this.shown, this.room);
    this.layout = layout;
    this.buttons = layout.placed.map((placed) => this.node(placed));
    const canvas = h("div", { class: "canvas", attributes: { role: "presentation" } });
    canvas.style.width = `${layout.width}px`;
    canvas.style.height = `${layout.height}px`;
    canvas.append(drawing(layout, this.context), ...this.buttons);
    this.element.replaceChildren(canvas);
    const at = Math.max(0, this.index(this.current));
    for (const [index, each] of this.buttons.entries()) each.tabIndex = index === at ? 0 : -1;
    if (focus) this.buttons[at]?.focus();
  }

  private index(id: string): number {
    return this.layout?.placed.findIndex(({ node }) => node.id === id) ?? -1;
  }

  private node(placed: Placed): HTMLButtonElement {
    const { node, more, level, expanded } = placed;
    const { m } = this.context;
    const words = more
      ? node.kind === "cause"
        ? m.moreCauses(more.count)
        : m.moreEvents(more.count)
      : node.title;
    const share = node.confidence === undefined ? undefined : percent(node.confidence);
    const element = h(
      "button",
      {
        class: `node ${node.kind}${node.lit ? " lit" : ""}${more ? " more" : ""}`,
        title: node.id === "" || more ? words : `${words}\n${node.id}`,
        attributes: {
          type: "button",
          role: "treeitem",
          "aria-level": String(level + 1),
          ...(expanded !== undefined && { "aria-expanded": String(expanded) }),
          ...(node.lit && { "aria-current": "true" }),
        },
        on: {
          click: () => this.open(placed),
          focus: () => {
            this.current = node.id;
          },
        },
      },
      h("span", { class: "words" }, words),
      share !== undefined && h("span", { class: "share" }, this.context.r.percent(share)),
      expanded === false &&
        h("span", { class: "hidden-children", attributes: { "aria-hidden": "true" } }, "+"),
    );
    element.style.left = `${placed.x}px`;
    element.style.top = `${placed.y}px`;
    element.style.width = `${placed.width}px`;
    element.style.height = `${placed.height}px`;
    return element;
  }

  /** Opens what a node stands for: its page, or for layers and the top its children. */
  private open({ node, more }: Placed): void {
    this.current = node.id;
    if (more) {
      const parent = this.layout!.placed.findIndex((each) => each.node.id === more.parent);
      this.shown.all.add(more.parent);
      this.current = this.layout!.placed.find((each) => each.parent === parent)!.node.id;
      this.draw(true);
    } else if (node.kind === "cause" || node.kind === "event")
      this.context.send({ type: "openNode", id: node.id });
    else this.toggle(node);
  }

  private toggle(node: TreeNode): void {
    if (!node.children?.length) return;
    if (!this.shown.toggled.delete(node.id)) this.shown.toggled.add(node.id);
    this.shown.all.delete(node.id);
    this.draw(true);
  }

  private key(event: KeyboardEvent): void {
    const placed = this.layout?.placed;
    const at = this.index(this.current);
    const here = placed?.[at];
    if (!placed || !here || event.altKey || event.ctrlKey || event.metaKey) return;
    const go = (index: number | undefined) => {
      const target = index === undefined ? undefined : this.buttons[index];
      if (!target) return;
      for (const each of this.buttons) each.tabIndex = -1;
      target.tabIndex = 0;
      target.focus();
    };
    const child = placed.findIndex(({ parent }) => parent === at);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(placed.length - 1),
      ArrowRight: () =>
        here.expanded === false ? this.toggle(here.node) : go(child < 0 ? undefined : child),
      ArrowLeft: () =>
        here.expanded && here.node.kind !== "top" && isExpanded(here.node, this.shown)
          ? this.toggle(here.node)
          : go(here.parent),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }
}

/** Lines and gates. A screen reader hears the tree itself. */
function drawing(layout: Layout, { m }: Context): SVGElement {
  const { placed, width, height, wide } = layout;
  const lines: SVGElement[] = [];
  const gates: SVGElement[] = [];
  for (const [index, parent] of placed.entries()) {
    const children = placed.filter((each) => each.parent === index);
    if (children.length === 0) continue;
    // Lit lines last, so that they lie on top.
    for (const child of [...children].sort((a, b) => Number(a.node.lit ?? 0) - Number(b.node.lit ?? 0)))
      lines.push(connector(parent, child, wide));
    if (wide) gates.push(gate(parent, m));
  }
  return svg(
    "svg",
    { width: String(width), height: String(height), "aria-hidden": "true", focusable: "false" },
    ...lines,
    ...gates,
  );
}

const GATE_AT = 20;

function connector(parent: Placed, child: Placed, wide: boolean): SVGElement {
  const childY = child.y + child.height / 2;
  let path: string;
  if (wide) {
    const from = { x: parent.x + parent.width, y: parent.y + parent.height / 2 };
    const bend = from.x + GATE_AT + 16;
    path = `M${from.x} ${from.y}H${bend}V${childY}H${child.x}`;
  } else {
    const x = parent.x + 10;
    path = `M${x} ${parent.y + parent.height}V${childY}H${child.x}`;
  }
  return svg("path", { d: path, class: child.node.lit && parent.node.lit ? "line lit" : "line" });
}

/** The gate symbol on its side, its output towards the event it explains. */
function gate(parent: Placed, m: Context["m"]): SVGElement {
  const x = parent.x + parent.width + GATE_AT;
  const y = parent.y + parent.height / 2;
  const and = parent.node.gate === "and";
  // OR: a curved back and a pointed front. AND: a straight back and a round front.
  const shape = and
    ? `M${x + 13} ${y - 13}V${y + 13}H${x}A13 13 0 0 1 ${x} ${y - 13}Z`
    : `M${x + 13} ${y - 13}Q${x + 6} ${y} ${x + 13} ${y + 13}Q${x - 8} ${y + 12} ${x - 15} ${y}Q${x - 8} ${y - 12} ${x + 13} ${y - 13}Z`;
  const label = svg("text", { x: String(x), y: String(y + 3), "text-anchor": "middle" });
  label.textContent = and ? m.and : m.or;
  return svg("g", { class: parent.node.lit ? "gate lit" : "gate" }, svg("path", { d: shape }), label);
}
