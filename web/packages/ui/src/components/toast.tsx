import { Toaster as Sonner } from "sonner";
import { useTheme } from "../hooks/use-theme";

export { toast } from "sonner";

/** Mounted once by the app. For results of actions; what must be read stays in the page instead. */
export function Toaster() {
  const [theme] = useTheme();
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      offset={{ bottom: 72, right: 20 }} // above the buttons of sheets, and of the phone's tabs
      mobileOffset={{ bottom: 72 }}
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-2.5 rounded-xl border bg-popover p-3 font-sans text-foreground text-sm shadow-lg sm:w-(--width)",
          title: "font-medium",
          description: "text-muted-foreground",
          content: "min-w-0 flex-1",
          icon: "shrink-0 [&_svg]:size-4",
          success: "[&_[data-icon]]:text-success",
          error: "[&_[data-icon]]:text-destructive",
          warning: "[&_[data-icon]]:text-warning",
          actionButton:
            "h-6 shrink-0 rounded-sm bg-primary px-2 font-medium text-primary-foreground text-xs hover:bg-primary-hover",
          cancelButton:
            "h-6 shrink-0 rounded-sm px-2 font-medium text-muted-foreground text-xs hover:bg-accent",
        },
      }}
    />
  );
}
