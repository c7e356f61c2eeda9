/* The way a campaign's marketing goes, in words. */
import type { Campaign } from "./api/campaigns";

export type Route = Campaign["route"];

export function routeText(route: Route): string {
  return {
    usual: "The usual way",
    fallback: "Optimised by WhatsApp",
    strict: "Optimised by WhatsApp only",
  }[route];
}
