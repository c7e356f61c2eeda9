import { useRegisterSW } from "virtual:pwa-register/react";
import { toast } from "@aerostic/ui/toast";
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

const hour = 60 * 60 * 1000;

/** The service worker: offers a new version, and opens what a push is about. */
export function AppWorker() {
  const router = useRouter();
  const {
    needRefresh: [needRefresh],
    updateServiceWorker,
  } = useRegisterSW({
    onRegisteredSW: (_, registration) => {
      if (registration) setInterval(() => void registration.update().catch(() => undefined), hour);
    },
  });
  useEffect(() => {
    if (!needRefresh) return;
    toast("A new version of Aerostic is ready", {
      id: "new-version",
      duration: Number.POSITIVE_INFINITY,
      action: { label: "Reload", onClick: () => void updateServiceWorker(true) },
    });
  }, [needRefresh, updateServiceWorker]);
  useEffect(() => {
    const open = ({ data }: MessageEvent) => {
      if (data?.type === "open" && typeof data.path === "string") void router.navigate({ href: data.path });
    };
    navigator.serviceWorker?.addEventListener("message", open);
    return () => navigator.serviceWorker?.removeEventListener("message", open);
  }, [router]);
  return null;
}
