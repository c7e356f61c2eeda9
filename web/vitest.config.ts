import { readdirSync, readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const tests = ["apps", "packages"]
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).map((file) => `${root}/${file}`),
  )
  .filter((file) => /\.test\.tsx?$/.test(file) && !file.includes("node_modules"));
/** What replaces a module replaces it for everything that is loaded with it. */
const mocking = tests.filter((file) => readFileSync(file, "utf8").includes("vi.mock("));
const sharing = tests.filter((file) => !mocking.includes(file));

// Starting a process takes longer than most files of tests do, and a page to render on longer than most tests:
// files share a thread and what it loaded, those that mock modules have one each, only *.test.tsx have a page.
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("./apps/app/src", import.meta.url).pathname } },
  test: {
    pool: "threads",
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          environment: "node",
          include: sharing.filter((file) => file.endsWith(".ts")),
          setupFiles: ["./vitest.logic.ts"],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "page",
          environment: "happy-dom",
          include: sharing.filter((file) => file.endsWith(".tsx")),
          setupFiles: ["./vitest.setup.ts"],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "mocking",
          environment: "happy-dom",
          include: mocking,
          setupFiles: ["./vitest.setup.ts"],
        },
      },
    ],
  },
});
