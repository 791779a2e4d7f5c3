// Chromium's accessibility tree of pages: node spoken_web.mjs NODE_MODULES CHROMIUM < JSON lines of {url}.
// One line of JSON a page: the nodes of Accessibility.getFullAXTree (Chrome DevTools Protocol), in a window of a telephone's width.
import { createInterface } from "node:readline"
import { pathToFileURL } from "node:url"
import { join } from "node:path"

const [modules, executablePath] = process.argv.slice(2)
const entry = join(modules, "puppeteer-core", "lib", "esm", "puppeteer", "puppeteer-core.js")
const { default: puppeteer } = await import(pathToFileURL(entry))
const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

const browser = await puppeteer.launch({ executablePath, args })
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const page = await browser.newPage()
    await page.setViewport({ width: 390, height: 844 })
    await page.goto(JSON.parse(line).url, { waitUntil: "networkidle0" })
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]')) // a search that is under way
    const session = await page.createCDPSession()
    const { nodes } = await session.send("Accessibility.getFullAXTree")
    console.log(JSON.stringify(nodes))
    await page.close()
  }
} finally {
  await browser.close()
}
