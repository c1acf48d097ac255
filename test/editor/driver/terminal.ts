/** The integrated terminal: typing, reading, links. Drawn in plain elements, since the settings turn the GPU off. */
import type { Page } from "playwright-core";
import type { Palette } from "./palette.ts";
import { poll } from "./poll.ts";

const ACTIVE = ".terminal-wrapper.active";

/** Set by our own .bashrc. */
const PROMPT = "$ ";

interface Spot {
  readonly x: number;
  readonly y: number;
  /** On another line of the same terminal. */
  readonly away: number;
}

export class Terminal {
  constructor(
    private readonly page: Page,
    private readonly palette: Palette,
  ) {}

  /** Opens a new one, of a profile of the settings where one is named, and waits for its prompt. */
  async open(profile?: string): Promise<void> {
    const before = await this.page.locator(".terminal-wrapper").count();
    if (profile === undefined) await this.palette.run("Terminal: Create New Terminal");
    else {
      await this.palette.run("Create New Terminal (With Profile)");
      await this.palette.pick(profile);
    }
    await poll(async () => (await this.page.locator(".terminal-wrapper").count()) > before, "a new terminal");
    await this.prompt();
  }

  /** Waits until the shell waits for a command. */
  async prompt(): Promise<void> {
    await poll(async () => (await this.lines()).at(-1) === PROMPT.trimEnd(), "the prompt of a terminal");
  }

  /** Runs a command line; does not wait for its end. */
  async type(line: string): Promise<void> {
    await this.page.evaluate(([selector, text]) => window.driver?.writeInTerminal(selector, text), [
      ACTIVE,
      `${line}\r`,
    ] as const);
  }

  /** Runs a command line, waits for its end and returns the text printed since. */
  async run(line: string): Promise<string> {
    const before = (await this.lines()).length;
    await this.type(line);
    await poll(async () => {
      const lines = await this.lines();
      return lines.length > before && lines.at(-1) === PROMPT.trimEnd();
    }, `the end of "${line}"`);
    return (await this.lines()).slice(before, -1).join("\n");
  }

  /** All lines, scrolled-off ones too, without trailing blanks; long lines are wrapped as on screen. */
  async lines(): Promise<string[]> {
    const lines = await this.page.evaluate((selector) => {
      // The element comes before the terminal in it does.
      const element = document.querySelector<HTMLElement & { xterm?: unknown }>(selector);
      return element?.xterm ? window.driver?.getTerminalBuffer(selector) : undefined;
    }, ACTIVE);
    const text = (lines ?? []).map((line) => line.trimEnd());
    while (text.at(-1) === "") text.pop();
    return text;
  }

  async text(): Promise<string> {
    return (await this.lines()).join("\n");
  }

  /** Waits until the terminal holds `text`. */
  async waitFor(text: string | RegExp): Promise<void> {
    await poll(async () => {
      const all = await this.text();
      return typeof text === "string" ? all.includes(text) : text.test(all);
    }, `"${text}" in the terminal`);
  }

  /** Whether the text on screen becomes a link within `patience` milliseconds when the pointer is on it. */
  async isLink(text: string, patience = 3000): Promise<boolean> {
    return (await this.hover(text, patience)) !== undefined;
  }

  /** Follows a link as a user does: pointer on it, Ctrl (Cmd) down, click. The last place on screen counts. */
  async clickLink(text: string, patience = 20_000): Promise<void> {
    await this.page.keyboard.down("ControlOrMeta");
    try {
      const spot = await this.hover(text, patience);
      if (!spot) throw new Error(`"${text}" is no link in the terminal:\n${await this.text()}`);
      await this.page.mouse.click(spot.x, spot.y);
    } finally {
      await this.page.keyboard.up("ControlOrMeta");
    }
  }

  private async hover(text: string, patience: number): Promise<Spot | undefined> {
    const end = Date.now() + patience;
    do {
      const spot = await this.find(text);
      if (spot) {
        // Links are looked for when the pointer comes from another line, and not when it leaves the terminal and
        // comes back to the same place. An extension's answer for a line that comes when the pointer has left it counts
        // for the next line, where the editor's own links then go first: no line is passed on the way.
        await this.page.mouse.move(spot.x, spot.away);
        await this.page.waitForTimeout(100);
        await this.page.mouse.move(spot.x, spot.y);
        if (await this.underlined(300)) return spot;
      } else await this.page.waitForTimeout(50);
    } while (Date.now() < end);
    return undefined;
  }

  /** With the modifier down xterm shows a hand; without, VS Code shows a tooltip or an underline only. */
  private async underlined(patience: number): Promise<boolean> {
    return poll(
      () =>
        this.page.evaluate((selector) => {
          const terminal = document.querySelector(selector);
          if (!terminal) return false;
          if (terminal.querySelector(".xterm-cursor-pointer")) return true;
          return [...terminal.querySelectorAll<HTMLElement>(".xterm-rows span")].some((span) =>
            span.style.textDecoration.includes("underline"),
          );
        }, ACTIVE),
      "a link",
      patience,
    ).then(
      () => true,
      () => false,
    );
  }

  /** Middle of the last place on screen that shows the text, in pixels of the page. */
  private find(text: string): Promise<Spot | undefined> {
    return this.page.evaluate(
      ([selector, wanted]) => {
        const rows = [...document.querySelectorAll(`${selector} .xterm-rows > div`)].reverse();
        for (const row of rows) {
          // Blanks between words are drawn as no-break spaces.
          const at = (row.textContent ?? "").replaceAll("\u00a0", " ").lastIndexOf(wanted);
          if (at < 0) continue;
          const point = (offset: number): [Node, number] => {
            const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
            let left = offset;
            let node = walker.nextNode();
            for (; node; node = walker.nextNode()) {
              const length = node.textContent?.length ?? 0;
              if (left <= length) return [node, left];
              left -= length;
            }
            return [row, 0];
          };
          const range = document.createRange();
          range.setStart(...point(at));
          range.setEnd(...point(at + wanted.length));
          const { x, y, width, height } = range.getBoundingClientRect();
          const middle = y + height / 2;
          const first = rows.at(-1)?.getBoundingClientRect().top ?? 0;
          const away = middle - 2 * height > first ? middle - 2 * height : middle + 2 * height;
          return { x: x + width / 2, y: middle, away };
        }
        return undefined;
      },
      [ACTIVE, text] as const,
    );
  }
}
