import { Logo } from "@aerostic/ui/logo";
import { Outlet } from "@tanstack/react-router";
import { BrandPanel } from "./brand-panel";

/** The frame of every screen one sees signed out: the form at the left, the brand at the right. */
export function AuthLayout() {
  return (
    <div className="flex min-h-full bg-background lg:p-2">
      <main className="flex min-h-dvh flex-1 flex-col p-6 sm:p-8 lg:min-h-0">
        <Logo />
        <div className="flex flex-1 items-center justify-center py-10">
          <div className="w-full max-w-84">
            <Outlet />
          </div>
        </div>
      </main>
      <BrandPanel />
    </div>
  );
}
