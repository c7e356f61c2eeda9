import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The server that answers /api while developing: "aerostic dev", or e2e/mock-server.mjs.
const server = process.env.AEROSTIC_URL ?? "http://localhost:8080";
const proxy = {
  "/api": server,
  "/connection": { target: server, ws: true },
};

export default defineConfig({
  plugins: [
    tanstackRouter({ target: "react", autoCodeSplitting: true, quoteStyle: "double", semicolons: true }),
    react(),
    tailwindcss(),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: { target: "baseline-widely-available" },
  server: { proxy },
  preview: { proxy },
});
