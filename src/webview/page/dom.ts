/** Builds elements. Text goes in as text nodes alone: there is no way here to write markup. */

export type Child = Node | string | undefined | false;

export interface Props {
  readonly class?: string;
  readonly id?: string;
  readonly title?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (props.class) element.className = props.class;
  if (props.id) element.id = props.id;
  if (props.title) element.title = props.title;
  for (const [name, value] of Object.entries(props.attributes ?? {})) element.setAttribute(name, value);
  for (const [name, listener] of Object.entries(props.on ?? {}))
    element.addEventListener(name, listener as EventListener);
  element.append(...present(children));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Node[]
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child): child is Node | string => child !== undefined && child !== false);
}

/** Prose of the catalogue: what stands between backticks is code. */
export function prose(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const [index, part] of text.split(/(`[^`\n]+`)/).entries())
    if (part !== "") fragment.append(index % 2 === 1 ? h("code", {}, part.slice(1, -1)) : part);
  return fragment;
}

export function icon(name: string): HTMLElement {
  return h("span", { class: `codicon codicon-${name}`, attributes: { "aria-hidden": "true" } });
}

/** A button with an icon and words; without words the title is its name. */
export function button(
  options: {
    readonly icon?: string;
    readonly words?: string;
    readonly title?: string;
    readonly class?: string;
  },
  press: () => void,
): HTMLButtonElement {
  return h(
    "button",
    {
      class: options.class ?? "action",
      attributes: {
        type: "button",
        ...(options.title && { title: options.title }),
        ...(options.title && !options.words && { "aria-label": options.title }),
      },
      on: { click: press },
    },
    options.icon !== undefined && icon(options.icon),
    options.words !== undefined && h("span", {}, options.words),
  );
}

/** A section with its heading; nothing for an empty body. */
export function section(id: string, title: string, ...body: readonly Child[]): HTMLElement | undefined {
  const filled = present(body);
  if (filled.length === 0) return undefined;
  return h(
    "section",
    { id, attributes: { "aria-labelledby": `${id}-title` } },
    h("h2", { id: `${id}-title` }, title),
    ...filled,
  );
}

export function list(items: readonly Child[], props: Props = {}): HTMLUListElement | undefined {
  if (items.length === 0) return undefined;
  return h("ul", props, ...items.map((item) => h("li", {}, item)));
}
