import { Button } from "@aerostic/ui/button";
import { useMediaQuery } from "@aerostic/ui/hooks/use-media-query";
import { cn } from "@aerostic/ui/lib/cn";
import { ArrowLeft, PanelLeft } from "lucide-react";
import { type ComponentProps, type ReactElement, type ReactNode, useEffect } from "react";
import { useAccount } from "@/features/auth/api/me";
import { BellLink } from "@/features/notification/bell";
import { useShell } from "./shell-context";

interface PageProps {
  title: string;
  /** A badge or a count beside the title. */
  badge?: ReactNode;
  /** A `<Link>` to the list this belongs to; takes the sidebar button's place. */
  back?: ReactElement;
  /** At the right of the header: filters first, the one primary button last. */
  actions?: ReactNode;
  /** A second row: search, filters, counts. See PageToolbar. */
  toolbar?: ReactNode;
  children?: ReactNode;
}

/**
 * One screen: the header with its title, then a PageBody, or a DataTable that fills the rest.
 * Sets the window's title.
 */
export function Page({ title, badge, back, actions, toolbar, children }: PageProps) {
  const phone = useMediaQuery("(max-width: 767px)");
  const inWorkspace = useAccount().tenant !== undefined;
  useEffect(() => {
    document.title = `${title} · Aerostic`;
  }, [title]);
  return (
    <>
      <header className="flex h-13 shrink-0 items-center gap-2 border-b px-3 md:px-4">
        {back ? (
          <Button asChild variant="ghost" size="icon-sm">
            {back}
          </Button>
        ) : (
          <SidebarButton />
        )}
        <h1 className="min-w-0 truncate font-semibold text-md tracking-title">{title}</h1>
        {badge}
        <div className="ml-auto flex shrink-0 items-center gap-2">
          {actions}
          {phone && inWorkspace && !back && <BellLink />}
        </div>
      </header>
      {toolbar}
      {children}
    </>
  );
}

/** The icon for Page's `back`: `<Link to="/campaigns" aria-label="All campaigns"><BackIcon /></Link>`. */
export function BackIcon() {
  return <ArrowLeft aria-hidden />;
}

/** Shows or hides the sidebar, for headers that are not a Page's. */
export function SidebarButton() {
  const { rail, toggleRail, openNav } = useShell();
  const phone = useMediaQuery("(max-width: 767px)");
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={
        phone ? "Open menu" : rail ? "Show labels in the sidebar" : "Show icons only in the sidebar"
      }
      onClick={phone ? openNav : toggleRail}
    >
      <PanelLeft />
    </Button>
  );
}

/** The row under the header; wraps on phones. */
export function PageToolbar({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn("flex shrink-0 flex-wrap items-center gap-2 border-b px-3 py-2 md:px-4", className)}
      {...props}
    />
  );
}

const widths = { full: "max-w-340", form: "max-w-3xl", narrow: "max-w-xl" };

/** The scrolling part of a screen that is no bare table: 20 px around, 16 px between. */
export function PageBody({
  width = "full",
  className,
  children,
  ...props
}: ComponentProps<"div"> & { width?: keyof typeof widths }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="scroll-pane min-h-0 flex-1 outline-none" tabIndex={0} aria-label="Content">
      <div
        className={cn("mx-auto flex w-full flex-col gap-4 p-4 md:p-5", widths[width], className)}
        {...props}
      >
        {children}
      </div>
    </section>
  );
}
