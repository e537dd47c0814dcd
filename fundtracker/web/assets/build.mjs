// Writes ../static/vendor from the pinned packages, and VENDOR.md with what each file is.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "sass";

const here = (path) => new URL(path, import.meta.url);
const out = (name) => here(`../static/vendor/${name}`);
const version = (name) => JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), "utf8")).version;
const sha256 = (name) => createHash("sha256").update(readFileSync(out(name))).digest("hex");

const { css } = compile(here("govuk-frontend.scss").pathname, {
  loadPaths: [here("node_modules").pathname],
  style: "compressed",
});
writeFileSync(out("govuk-frontend.min.css"), `${css}\n`);

// The source map is not shipped, so the line that names it goes.
const script = readFileSync(here("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8");
writeFileSync(out("govuk-frontend.min.js"), script.replace(/\/\/# sourceMappingURL=.*\n?$/, "\n"));

const files = ["govuk-frontend.min.css", "govuk-frontend.min.js", "LICENSE-govuk-frontend.txt"];
writeFileSync(
  out("VENDOR.md"),
  `# Front-end assets built from packages

Written by \`make assets\`; the files are not edited by hand.

| package | version | licence |
|---|---|---|
| govuk-frontend | ${version("govuk-frontend")} | MIT (LICENSE-govuk-frontend.txt) |

The stylesheet was compiled with sass ${version("sass")}, in Arial, without the GDS Transport
typeface and without the GOV.UK header and footer.

| file | sha256 |
|---|---|
${files.map((name) => `| ${name} | ${sha256(name)} |`).join("\n")}
`,
);
