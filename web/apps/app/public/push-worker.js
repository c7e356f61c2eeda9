/*
 * The service worker's part that shows pushes and opens what they are about. Workbox's worker imports it;
 * it stays plain JavaScript because workers of browsers run it as it is. What a push says is written by
 * feature/notification (parcel).
 */
self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
});

async function show(data) {
  const { title, body, path, tag } = parse(data);
  const shown = await self.registration.getNotifications({ tag });
  await self.registration.showNotification(title, {
    body,
    tag,
    renotify: shown.length > 0,
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    data: { path },
  });
}

/** A browser must show something for every push, also for one that this worker is too old to read. */
function parse(data) {
  const unknown = { title: "Something happened in Aerostic", path: "/notifications", tag: "all" };
  try {
    return { ...unknown, ...data?.json() };
  } catch {
    return unknown;
  }
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path ?? "/notifications"));
});

/** Shows the path in a window that is open, or in a new one. Never another origin. */
async function open(path) {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((window) => new URL(window.url).pathname === url.pathname) ?? windows[0];
  if (!there) {
    await self.clients.openWindow(url.href);
    return;
  }
  await there.focus();
  there.postMessage({ type: "open", path: url.pathname + url.search });
}
