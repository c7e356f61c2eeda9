import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// A page to render on takes longer to make than most tests take: only *.test.tsx have one.
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("./apps/app/src", import.meta.url).pathname } },
  test: {
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          environment: "node",
          include: ["{packages,apps}/**/*.test.ts"],
          setupFiles: ["./vitest.logic.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "page",
          environment: "happy-dom",
          include: ["{packages,apps}/**/*.test.tsx"],
          setupFiles: ["./vitest.setup.ts"],
        },
      },
    ],
  },
});
