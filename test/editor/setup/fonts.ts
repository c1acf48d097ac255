/** Fonts for screenshots, Chinese included, without touching the system's. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpack } from "./npm.ts";
import { once } from "./store.ts";
import { FONT_PACKAGES } from "./versions.ts";

/** The path of a fontconfig file that knows them. */
export async function installFonts(): Promise<string> {
  const folder = await once("fonts", async (draft) => {
    for (const { spec, files } of FONT_PACKAGES) await unpack(spec, draft, { paths: files });
  });
  const config = join(folder, "fonts.conf");
  writeFileSync(config, fontconfig(folder));
  return config;
}

/** Only our fonts: what else a machine has would change the pictures. */
const fontconfig = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${folder}/cache</cachedir>
  ${prefer("sans-serif", ["DejaVu Sans", "Noto Sans SC"])}
  ${prefer("system-ui", ["DejaVu Sans", "Noto Sans SC"])}
  ${prefer("serif", ["DejaVu Sans", "Noto Sans SC"])}
  ${prefer("monospace", ["DejaVu Sans Mono", "Noto Sans SC"])}
</fontconfig>
`;

const prefer = (family: string, fonts: readonly string[]) =>
  `<alias binding="same"><family>${family}</family><prefer>${fonts.map((font) => `<family>${font}</family>`).join("")}</prefer></alias>`;
