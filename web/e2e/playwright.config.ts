import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// The browser without windows, where there is one: what the tests see of it is the same, for less.
const browsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

// Everything runs against the product itself; server.ts starts it, or takes the one AEROSTIC_DEV_JSON names.
export default defineConfig({
  testDir: "stories",
  outputDir: "test-results",
  globalSetup: "./server.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // One more than the cores of CI: stories wait for the server, for sends at the speed of a number, for each other.
  workers: 3,
  retries: process.env.CI ? 2 : 0,
  timeout: 90_000,
  // Generous, because others may use the machine at the same time; nothing waits longer than it must.
  expect: { timeout: 30_000 },
  reporter: [["list"], ["html", { outputFolder: "playwright-report", open: "never" }]],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    // Its own story lets the service worker in; elsewhere it would answer for the server.
    serviceWorkers: "block",
    // Recording takes a third more time, so where a failure is tried again only that is recorded.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? browsers.find(existsSync),
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-default-browser-check",
        "--no-first-run",
        "--no-pings",
      ],
    },
  },
});
