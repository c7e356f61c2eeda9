import { defineConfig, devices } from "@playwright/test";

// The server under test: "aerostic dev" prints its URL. Tests start nothing by themselves.
const baseURL = process.env.AEROSTIC_URL ?? "http://localhost:8080";
const chromium = {
  launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
};

export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  reporter: [["list"], ["html", { outputFolder: "playwright-report", open: "never" }]],
  use: {
    baseURL,
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    trace: "retain-on-failure",
    reducedMotion: "reduce",
    ...chromium,
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    { name: "phone", use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, ...chromium } },
  ],
});
