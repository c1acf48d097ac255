/** What the editor tests install, and nothing else: exact versions, so that two machines test the same. */

/** The npm package code-server carries a whole VS Code; the newest one, and one six releases older. */
export const EDITORS = {
  "1.139.1": "code-server@4.139.1",
  "1.133.0": "code-server@4.133.0",
} as const;

export type EditorVersion = keyof typeof EDITORS;

export const EDITOR_VERSIONS = Object.keys(EDITORS) as EditorVersion[];

/** The server of these versions runs on Node 24 only. */
export const NODE_VERSION = "24.21.0";

export const CHROMIUM_PACKAGE = "@sparticuz/chromium@153.0.0";

/** The same letters in every screenshot, whatever the machine has. */
export const FONT_PACKAGES = [
  {
    spec: "dejavu-fonts-ttf@2.37.3",
    files: [
      "ttf/DejaVuSans.ttf",
      "ttf/DejaVuSans-Bold.ttf",
      "ttf/DejaVuSansMono.ttf",
      "ttf/DejaVuSansMono-Bold.ttf",
    ],
  },
  {
    spec: "@expo-google-fonts/noto-sans-sc@0.4.3",
    files: ["400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"],
  },
] as const;
