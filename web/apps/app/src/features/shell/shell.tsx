import { useMediaQuery } from "@aerostic/ui/hooks/use-media-query";
import { Sheet, SheetContent } from "@aerostic/ui/sheet";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useAccount } from "@/features/auth/api/me";
import { AppWorker } from "./app-worker";
import { BottomTabs } from "./bottom-tabs";
import { CommandPalette } from "./command-palette";
import { InboxAtWork } from "./inbox-badge";
import { OfflineNotice } from "./offline-notice";
import { ShellContext } from "./shell-context";
import { Sidebar } from "./sidebar";
import { UnverifiedNotice } from "./unverified-notice";
import { useGoKeys } from "./use-go-keys";

const railKey = "aerostic-rail";

/** The frame of every signed-in screen: sidebar on the canvas, the screen on one raised sheet. */
export function Shell() {
  const phone = useMediaQuery("(max-width: 767px)");
  const [rail, setRail] = useState(() => localStorage.getItem(railKey) === "yes");
  const [navOpen, setNavOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const inWorkspace = useAccount().tenant !== undefined;
  useGoKeys(() => setPaletteOpen(true));

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new page closes the phone's menu
  useEffect(() => setNavOpen(false), [path]);
  useEffect(() => localStorage.setItem(railKey, rail ? "yes" : "no"), [rail]);

  const state = useMemo(
    () => ({
      rail,
      toggleRail: () => setRail((on) => !on),
      openNav: () => setNavOpen(true),
      openPalette: () => setPaletteOpen(true),
    }),
    [rail],
  );

  return (
    <ShellContext value={state}>
      <a
        href="#content"
        className="fixed top-3 left-3 z-50 -translate-y-16 rounded-md bg-primary px-3 py-1.5 font-medium text-primary-foreground focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="flex h-dvh flex-col md:flex-row">
        {!phone && <Sidebar rail={rail} />}
        <div className="flex min-h-0 min-w-0 flex-1 flex-col md:py-2 md:pr-2">
          <main
            id="content"
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col overflow-hidden bg-background outline-none md:rounded-xl md:border md:shadow-sm"
          >
            <UnverifiedNotice />
            <OfflineNotice />
            <Outlet />
          </main>
        </div>
        {phone && !isThread(path) && <BottomTabs />}
      </div>
      <Sheet open={phone && navOpen} onOpenChange={setNavOpen}>
        <SheetContent side="left" title="Menu" bare className="bg-canvas">
          <Sidebar rail={false} />
        </SheetContent>
      </Sheet>
      <AppWorker />
      {inWorkspace && <InboxAtWork />}
      <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} />
    </ShellContext>
  );
}

/** One conversation has the phone's whole screen: its way back is in its own header. */
function isThread(path: string): boolean {
  return /^\/inbox\/./.test(path);
}
