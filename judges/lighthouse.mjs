// Lighthouse as a telephone on a slow line sees a page: node lighthouse.mjs NODE_MODULES CHROMIUM < JSON lines of {url, categories}.
// One line of JSON a page: {category: score}. Another load on this machine can only make a page slower, never faster: a page
// that is not at 100 for its performance alone is looked at again, and the best score counts. The simulated processor is a
// quarter of an idle desktop's: on a machine that is busy it is slowed down less, by what Lighthouse measured just before
// (its docs/throttling.md), so that it is always the same telephone.
import { createInterface } from "node:readline"
import { pathToFileURL } from "node:url"
import { join } from "node:path"

const TRIES = 5
const SKIPPED = ["is-crawlable"] // invented issues keep out of search engines on purpose
const TELEPHONE = 375 // its benchmark index
const [modules, chromePath] = process.argv.slice(2)
const from = (file) => import(pathToFileURL(join(modules, file)))
const { default: lighthouse } = await from("lighthouse/core/index.js")
const { throttling } = await from("lighthouse/core/config/constants.js")
const { launch } = await from("chrome-launcher/dist/index.js")
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

const chrome = await launch({ chromePath, chromeFlags: FLAGS, logLevel: "silent" })
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { url, categories } = JSON.parse(line)
    const best = {}
    let slower = throttling.mobileSlow4G.cpuSlowdownMultiplier
    const short = () => categories.filter((name) => best[name] !== 1)
    for (let tried = 0; tried === 0 || (tried < TRIES && short().join() === "performance"); tried++) {
      const flags = { port: chrome.port, logLevel: "silent", onlyCategories: categories, skipAudits: SKIPPED, disableFullPageScreenshot: true }
      const quiet = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 500, cpuQuietThresholdMs: 250 }
      const slow = { throttling: { ...throttling.mobileSlow4G, cpuSlowdownMultiplier: slower } }
      const result = await lighthouse(url, { ...flags, ...quiet, ...slow })
      slower = Math.max(1, Math.min(slower, result.lhr.environment.benchmarkIndex / TELEPHONE))
      for (const name of categories) best[name] = Math.max(best[name] ?? 0, result.lhr.categories[name].score ?? 0)
    }
    console.log(JSON.stringify(best))
  }
} finally {
  chrome.kill()
}
