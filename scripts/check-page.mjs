// Opens report.html in Chromium as a reader would and checks what the report promises: it makes no request, breaks no rule of
// WCAG 2.2 A and AA that axe-core can see, and needs no sideways scrolling, from a phone to a wide screen, light and dark.
//
// usage: node check-page.mjs REPORT.html [--pictures FOLDER]
// needs: npm ci in this folder, and a Chromium (CHROMIUM=/path/to/it, else /usr/bin/chromium)

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENS = [
  { width: 320, colorScheme: "light" },
  { width: 320, colorScheme: "dark" },
  { width: 800, colorScheme: "light" },
  { width: 1400, colorScheme: "light" },
  { width: 1400, colorScheme: "dark" },
];

const [file, option, pictures] = process.argv.slice(2);
if (!file || (option && option !== "--pictures")) {
  console.error("usage: node check-page.mjs REPORT.html [--pictures FOLDER]");
  process.exit(2);
}
const address = pathToFileURL(resolve(file)).href;
const faults = [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  for (const screen of SCREENS) {
    const name = `${screen.width} px, ${screen.colorScheme}`;
    const page = await browser.newPage({
      viewport: { width: screen.width, height: 900 },
      colorScheme: screen.colorScheme,
    });
    page.on("request", (request) => {
      if (request.url() !== address) faults.push(`${name}: asked for ${request.url()}`);
    });
    page.on("console", (message) => faults.push(`${name}: the browser says ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`${name}: ${error.message}`));
    await page.goto(address, { waitUntil: "networkidle" });
    const [width, paint] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    ]);
    if (width > screen.width) faults.push(`${name}: the page is ${width} px wide`);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(
      (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
      RULES,
    );
    // A page that axe could not see would pass every rule.
    if (passes.length < 15) faults.push(`${name}: axe-core found only ${passes.length} rules to apply`);
    for (const { id, help, nodes } of violations) {
      faults.push(`${name}: ${id}: ${help}, ${nodes.length} times, first ${nodes[0].html.slice(0, 200)}`);
    }
    console.log(`${name}: ${passes.length} rules hold, ${violations.length} broken, drawn after ${Math.round(paint)} ms`);
    if (pictures) {
      await page.screenshot({ path: join(pictures, `${screen.width}-${screen.colorScheme}.png`), fullPage: true });
    }
    await page.close();
  }
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
