import { Button } from "@aerostic/ui/button";
import { EmptyState } from "@aerostic/ui/empty-state";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Spinner } from "@aerostic/ui/spinner";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";

/** A screen that could not be loaded or drawn. */
export function RouteError({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <div className="flex min-h-full flex-1 items-center justify-center p-6">
      <ProblemAlert error={error} onRetry={() => router.invalidate()} className="w-full max-w-md" />
    </div>
  );
}

export function RouteMissing() {
  return (
    <>
      <h1 className="sr-only">Page not found</h1>
      <EmptyState
        icon={Compass}
        title="There is no such page"
        className="min-h-full flex-1"
        action={
          <Button asChild>
            <Link to="/overview">Go to the overview</Link>
          </Button>
        }
      >
        The link may be old, or a letter is missing.
      </EmptyState>
    </>
  );
}

export function RoutePending() {
  return (
    <div
      role="status"
      aria-label="Loading"
      className="flex min-h-full flex-1 items-center justify-center text-muted-foreground"
    >
      <Spinner className="size-5" />
    </div>
  );
}
