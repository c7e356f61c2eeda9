import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

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
    VitePWA({
      registerType: "prompt",
      injectRegister: false,
      includeAssets: [],
      manifest: {
        id: "/",
        name: "Aerostic",
        short_name: "Aerostic",
        description: "WhatsApp campaigns and conversations for your business.",
        lang: "en-IN",
        start_url: "/",
        scope: "/",
        display: "standalone",
        theme_color: "#f4f7f5",
        background_color: "#f4f7f5",
        icons: [
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      workbox: {
        // The shell alone: every visitor loads what is precached. Screens are kept once they were opened.
        globPatterns: [
          "index.html",
          "theme-boot.js",
          "favicon.svg",
          "assets/index-*.{js,css}",
          "assets/geist-latin-wght*.woff2",
        ],
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [
          /^\/api\//,
          /^\/connection\//,
          /^\/webhooks\//,
          /^\/admin\//,
          /^\/p\//,
          /^\/r\//,
        ],
        importScripts: ["/push-worker.js"],
        cleanupOutdatedCaches: true,
        runtimeCaching: [
          {
            // Their names change with their content.
            urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/assets/"),
            handler: "CacheFirst",
            options: { cacheName: "assets", expiration: { maxEntries: 300, maxAgeSeconds: 30 * 24 * 3600 } },
          },
        ],
      },
    }),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: { target: "baseline-widely-available" },
  server: { proxy },
  preview: { proxy },
});
