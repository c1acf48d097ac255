/** Goroutines by equal stacks, and each by itself in a list that draws only what is seen. */
import type { GoroutineRow, GroupView } from "../protocol.ts";
import type { Context } from "./context.ts";
import { type Child, h, section } from "./dom.ts";
import { placeLink, stackList } from "./frames.ts";

/** Groups drawn before a search narrows them. */
const GROUPS_DRAWN = 60;

export class Goroutines {
  readonly element: HTMLElement | undefined;
  private readonly groups = h("div", { class: "groups" });
  private readonly found = h("p", { class: "dim", attributes: { role: "status" } });
  private readonly rows: VirtualList;
  private readonly texts: readonly string[];
  private wanted = "";

  constructor(private readonly context: Context) {
    const { model, m, r } = context;
    this.rows = new VirtualList(context);
    this.texts = model.groups.map(searchText);
    if (model.groups.length === 0 || model.goroutineCount < 2) return;
    const search = h("input", {
      class: "search",
      attributes: {
        type: "search",
        placeholder: m.searchHint,
        "aria-label": m.searchGoroutines,
        spellcheck: "false",
      },
      on: { input: () => this.search(search.value) },
    });
    const each = h(
      "details",
      { class: "each", on: { toggle: () => this.wantRows(each.open) } },
      h("summary", {}, m.showEach),
      this.rows.element,
    );
    const total = model.groups.reduce((sum, { count }) => sum + count, 0);
    this.element = section(
      "goroutines",
      r.goroutines,
      h("p", { class: "dim" }, r.goroutineSummary(total, model.groups.length)),
      search,
      this.found,
      this.groups,
      each,
    );
    this.search("");
  }

  /** A piece of the list from the host. */
  add(from: number, rows: readonly GoroutineRow[], total: number): void {
    this.rows.add(from, rows, total);
    this.rows.filter(this.wanted, this.texts);
  }

  private wantRows(open: boolean): void {
    if (open && this.rows.empty) this.context.send({ type: "goroutines" });
    if (open) this.rows.draw();
  }

  private search(words: string): void {
    this.wanted = words.trim().toLowerCase();
    const { groups } = this.context.model;
    const fitting = groups.filter((_group, index) => this.texts[index]!.includes(this.wanted));
    this.found.textContent = this.context.m.groupsFound(fitting.length, groups.length);
    this.groups.replaceChildren(
      ...fitting
        .slice(0, GROUPS_DRAWN)
        .map((group) => groupBlock(group, groups.indexOf(group), this.context)),
    );
    this.rows.filter(this.wanted, this.texts);
  }
}

function searchText({ states, frames, createdBy, labels }: GroupView): string {
  const own = frames.map(({ function: name, place }) => `${name} ${place ?? ""}`);
  const all = [states, ...own, createdBy?.function ?? "", ...Object.entries(labels ?? {}).flat()];
  return all.join("\n").toLowerCase();
}

function groupBlock(group: GroupView, index: number, context: Context): HTMLElement {
  const { r } = context;
  const top = group.frames.find(({ own }) => own) ?? group.frames[0];
  const facts: Child[] = [
    h("span", { class: "count" }, `${group.count} ×`),
    h("span", { class: "state" }, group.states),
    group.failing && h("span", { class: "tag bad" }, r.failing),
    group.maxWaitMinutes !== undefined && h("span", { class: "dim" }, r.waited(group.maxWaitMinutes)),
    h("code", { class: "name" }, top?.name ?? r.noFrames),
  ];
  const { createdBy } = group;
  return h(
    "details",
    { class: "group", id: `group-${index}` },
    h("summary", {}, ...facts),
    stackList(group.frames, context),
    createdBy &&
      h(
        "p",
        { class: "creator dim" },
        r.createdBy(createdBy.name),
        " ",
        createdBy.place !== undefined && placeLink(createdBy.place, createdBy.open, context),
      ),
  );
}

const ROW_HEIGHT = 24;
/** Rows drawn above and below what is seen, so that scrolling shows no gap. */
const MARGIN = 10;

/** A list of any length in constant memory of elements. */
class VirtualList {
  readonly element: HTMLElement;
  private readonly status = h("p", { class: "dim", attributes: { role: "status" } });
  private readonly scroller: HTMLElement;
  private readonly canvas = h("div", { class: "canvas", attributes: { role: "list" } });
  private rows: GoroutineRow[] = [];
  private total = 0;
  /** Indexes of the rows that fit the search; undefined for all. */
  private fitting: number[] | undefined;

  constructor(private readonly context: Context) {
    this.status.textContent = context.m.loading;
    this.scroller = h(
      "div",
      {
        class: "rows",
        attributes: { tabindex: "0", role: "group", "aria-label": context.m.showEach },
        on: { scroll: () => this.draw() },
      },
      this.canvas,
    );
    this.element = h("div", {}, this.status, this.scroller);
  }

  get empty(): boolean {
    return this.rows.length === 0;
  }

  add(from: number, rows: readonly GoroutineRow[], total: number): void {
    if (from === 0) this.rows = [];
    this.rows.push(...rows);
    this.total = total;
  }

  filter(wanted: string, groupTexts: readonly string[]): void {
    const fits = ({ id, state, labels, group }: GoroutineRow) =>
      groupTexts[group]?.includes(wanted) || `${id} ${state} ${labels ?? ""}`.toLowerCase().includes(wanted);
    this.fitting = wanted === "" ? undefined : this.rows.flatMap((row, index) => (fits(row) ? [index] : []));
    const { m } = this.context;
    const found = this.fitting?.length ?? this.rows.length;
    if (this.rows.length > 0)
      this.status.textContent = found === 0 ? m.nothing : m.rowsFound(found, this.total);
    this.scroller.scrollTop = 0;
    this.draw();
  }

  draw(): void {
    const count = this.fitting?.length ?? this.rows.length;
    this.canvas.style.height = `${count * ROW_HEIGHT}px`;
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / ROW_HEIGHT) - MARGIN);
    const seen = Math.ceil(this.scroller.clientHeight / ROW_HEIGHT) + 2 * MARGIN;
    const rows: HTMLElement[] = [];
    for (let at = first; at < Math.min(count, first + seen); at++)
      rows.push(this.row(this.rows[this.fitting?.[at] ?? at]!, at, count));
    this.canvas.replaceChildren(...rows);
  }

  private row({ id, state, minutes, labels, group }: GoroutineRow, at: number, count: number): HTMLElement {
    const { m, model } = this.context;
    const frames = model.groups[group]?.frames;
    const top = frames?.find(({ own }) => own) ?? frames?.[0];
    const element = h(
      "div",
      {
        class: "row",
        attributes: { role: "listitem", "aria-setsize": String(count), "aria-posinset": String(at + 1) },
      },
      h("span", { class: "id" }, m.goroutine(id)),
      h("span", { class: "state" }, minutes === undefined ? state : `${state}, ${m.minutes(minutes)}`),
      top && h("code", { class: "name" }, top.name),
      labels !== undefined && h("span", { class: "labels dim" }, `{${labels}}`),
    );
    element.style.top = `${at * ROW_HEIGHT}px`;
    return element;
  }
}
