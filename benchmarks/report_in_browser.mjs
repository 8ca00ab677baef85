// Opens a report in headless Chromium, narrow and wide: no message on the console, nothing fetched,
// no overflow to the side; with a folder as second argument it leaves pictures and a PDF there.
//
//   npm install --no-save playwright-core
//   node benchmarks/report_in_browser.mjs results/demo/report.html [FOLDER]
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const WIDTHS = [360, 1280];

const [page_path, folder] = process.argv.slice(2);
const browser_path = BROWSERS.find(existsSync);
if (!page_path) {
  console.error("which report? node benchmarks/report_in_browser.mjs results/demo/report.html");
  process.exit(2);
}
if (!browser_path) {
  console.log(`not looked at: no browser in ${BROWSERS.join(", ")}`);
  process.exit(0);
}
const { chromium } = await import("playwright-core");
const browser = await chromium.launch({ executablePath: browser_path, args: FLAGS });
const address = pathToFileURL(resolve(page_path)).href;
let wrong = 0;
const say = (what) => { wrong += 1; console.log(`wrong: ${what}`); };

for (const width of WIDTHS) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on("console", (message) => say(`${width} px, console: ${message.text()}`));
  page.on("pageerror", (error) => say(`${width} px, error: ${error.message}`));
  page.on("dialog", (dialog) => { say(`${width} px, a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) say(`${width} px, fetched: ${url}`);
  });
  await page.goto(address, { waitUntil: "load" });
  const found = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    seen: document.documentElement.clientWidth,
    figures: document.querySelectorAll("figure svg[role=img]").length,
    high: document.documentElement.scrollHeight,
  }));
  if (found.wide > found.seen) say(`${width} px: the page is ${found.wide} px wide`);
  console.log(`${width} px: ${found.figures} figures, ${found.high} px high`);
  if (folder) await page.screenshot({ path: join(folder, `report-${width}.png`), fullPage: true });
  if (folder && width === WIDTHS.at(-1)) await page.pdf({ path: join(folder, "report.pdf"), preferCSSPageSize: true });
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
  const open = await page.evaluate(() => document.documentElement.scrollWidth);
  if (open > found.seen) say(`${width} px, all opened: the page is ${open} px wide`);
  await page.close();
}
await browser.close();
console.log(wrong ? `${wrong} things are wrong` : "nothing is wrong");
process.exit(wrong ? 1 : 0);
