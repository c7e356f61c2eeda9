/*
 * This browser's push subscription. Owns asking the browser and giving it back; the server keeps whose it
 * is (feature/notification).
 */

/** What stands in the way of pushes here, or nothing. */
export type PushState = "on" | "off" | "denied" | "unsupported";

const supported = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** What this browser gave out before. */
async function subscription(): Promise<PushSubscription | null> {
  if (!supported()) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Whether pushes can come here, and the hash by which the server lists this browser. */
export async function pushState(): Promise<{ state: PushState; hash?: string }> {
  if (!supported()) return { state: "unsupported" };
  if (Notification.permission === "denied") return { state: "denied" };
  const held = await subscription();
  return held ? { state: "on", hash: await hashOf(held.endpoint) } : { state: "off" };
}

/** Asks the person, then the browser's push service. Throws a sentence when it cannot be. */
export async function subscribe(key: string): Promise<PushSubscriptionJSON> {
  if ((await Notification.requestPermission()) !== "granted") {
    throw new Error("The browser does not allow notifications from Aerostic. Allow them in its settings.");
  }
  const registration = await navigator.serviceWorker.ready;
  const held = await registration.pushManager.getSubscription();
  if (held && !sameKey(held, key)) await held.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  return (await registration.pushManager.subscribe(options)).toJSON();
}

/** Gives the subscription back; whoever signs in next on this browser hears nothing of this person. */
export async function unsubscribe(): Promise<void> {
  await (await subscription())?.unsubscribe();
}

/** A name for the device list: "Chrome on Android". */
export function deviceName(agent = navigator.userAgent): string {
  const browser = /Edg/.test(agent)
    ? "Edge"
    : /Firefox/.test(agent)
      ? "Firefox"
      : /Chrome|Chromium/.test(agent)
        ? "Chrome"
        : /Safari/.test(agent)
          ? "Safari"
          : "Browser";
  const system = /Android/.test(agent)
    ? "Android"
    : /iPhone|iPad/.test(agent)
      ? "iOS"
      : /Windows/.test(agent)
        ? "Windows"
        : /Mac OS/.test(agent)
          ? "macOS"
          : /Linux/.test(agent)
            ? "Linux"
            : "this device";
  return `${browser} on ${system}`;
}

/** SHA-256 in hex, as the server lists devices. */
async function hashOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytes(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function sameKey(held: PushSubscription, key: string): boolean {
  const was = held.options.applicationServerKey;
  return was !== null && String(new Uint8Array(was)) === String(bytes(key));
}
