// `npm run sheet`: every style sheet of the pages, from ours and from KERN's parts (@kern-ux/native, EUPL-1.2; nothing of
// it is copied into this repository). The console loads one sheet; public and crisis pages carry theirs inside.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { compile, compileString, SassColor } from "sass";

const PAGES = "stadtdraht/pages";
const SHEETS = {
  "console/styles/sheet.scss": "console/built/console.css",
  "styles/public.scss": "built/public.css",
  "styles/crisis.scss": "built/crisis.css",
};
const options = {
  style: "compressed",
  quietDeps: true,
  loadPaths: ["node_modules/@kern-ux/native/src/scss", `${PAGES}/styles`],
};

// kern("action-default", "light"): the colour itself, for pages that take eight tokens and not forty kilobytes of them.
const tokens = compileString('@use "core/tokens";', options).css;
const declared = (block) => new Map([...block.matchAll(/--kern-color-([\w-]+):\s*([^;}]+)/g)].map((it) => it.slice(1)));
const schemes = Object.fromEntries(["light", "dark"].map((scheme) => {
  const [, block] = tokens.match(new RegExp(`\\.kern-${scheme}\\{([^}]*)\\}`));
  return [scheme, new Map([...declared(tokens.split(".kern-")[0]), ...declared(block)])];
}));
const colour = (token, scheme) => {
  const value = schemes[scheme].get(token) ?? "";
  const [, further] = value.match(/^var\(--kern-color-([\w-]+)\)$/) ?? [];
  if (further) return colour(further, scheme);
  const [, lightness, chroma, hue] = value.match(/^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)$/) ?? [];
  if (!hue) throw new Error(`KERN has no colour ${token} in ${scheme}: ${value}`);
  return new SassColor({ space: "oklch", lightness: lightness / 100, chroma: Number(chroma), hue: Number(hue) });
};
const functions = {
  "kern($token, $scheme)": ([token, scheme]) => colour(token.assertString().text, scheme.assertString().text),
};

for (const [source, target] of Object.entries(SHEETS)) {
  const { css } = compile(`${PAGES}/${source}`, { ...options, functions });
  mkdirSync(dirname(`${PAGES}/${target}`), { recursive: true });
  writeFileSync(`${PAGES}/${target}`, css);
}
