/** The themes that tests use, by short names. */
export const THEMES = {
  light: { id: "Light 2026", label: "Light 2026", workbench: "vs", kind: "vscode-light", dark: false },
  dark: { id: "Dark 2026", label: "Dark 2026", workbench: "vs-dark", kind: "vscode-dark", dark: true },
  "hc-black": {
    id: "Default High Contrast",
    label: "Dark High Contrast",
    workbench: "hc-black",
    kind: "vscode-high-contrast",
    dark: true,
  },
  "hc-light": {
    id: "Default High Contrast Light",
    label: "Light High Contrast",
    workbench: "hc-light",
    kind: "vscode-high-contrast-light",
    dark: false,
  },
} as const;

export type Theme = keyof typeof THEMES;

export const THEME_NAMES = Object.keys(THEMES) as Theme[];
