import { Button } from "@aerostic/ui/button";
import { Link } from "@tanstack/react-router";
import { AuthPage } from "./auth-page";

/** For somebody signed in who belongs to no workspace, or no longer. */
export function NoWorkspace() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-84 flex-col justify-center p-6">
      <AuthPage
        title="No workspace yet"
        description="Your account belongs to no workspace. Open the invitation you got by mail, or create one of your own."
      >
        <Button asChild variant="primary" size="lg">
          <Link to="/signup">Create a workspace</Link>
        </Button>
      </AuthPage>
    </main>
  );
}
