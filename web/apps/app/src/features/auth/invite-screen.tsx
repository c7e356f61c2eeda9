import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link, useNavigate } from "@tanstack/react-router";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useAcceptInvitation } from "./api/accept-invitation";
import { type Invitation, useInvitation } from "./api/invitation";
import { AuthPage, authLink } from "./auth-page";
import { PasswordInput } from "./password-input";
import { newPassword, required } from "./schema";

/** The page behind an invitation: join with the account one has, or make one. */
export function InviteScreen({ token }: { token: string }) {
  const { data: invitation, error, refetch } = useInvitation(token);
  if (error) {
    return (
      <AuthPage
        title="Invitation"
        description="This link did not work"
        footer={
          <>
            Ask for a new invitation, or{" "}
            <Link to="/login" className={authLink}>
              sign in
            </Link>
            .
          </>
        }
      >
        <ProblemAlert error={error} onRetry={() => refetch()} />
      </AuthPage>
    );
  }
  if (!invitation) {
    return (
      <AuthPage title="Invitation">
        <div role="status" aria-label="Loading the invitation" className="flex flex-col gap-4">
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title={`Join ${invitation.workspace}`}
      description={
        <>
          {invitation.invitedBy} invites{" "}
          <strong className="font-medium text-foreground">{invitation.email}</strong> as {invitation.role}
        </>
      }
    >
      {invitation.existingUser ? (
        <JoinWithAccount token={token} invitation={invitation} />
      ) : (
        <JoinAsNew token={token} />
      )}
    </AuthPage>
  );
}

const accountSchema = z.object({ password: required("Enter your password.") });

function JoinWithAccount({ token, invitation }: { token: string; invitation: Invitation }) {
  const navigate = useNavigate();
  const accept = useAcceptInvitation();
  const form = useSchemaForm(accountSchema, { password: "" });
  const submit = form.handleSubmit(async (body) => {
    const joined = await submitTo(form, () => accept.mutateAsync({ params: { path: { token } }, body }));
    if (joined) navigate({ to: joined.accessToken ? "/overview" : "/login" });
  });
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <input type="email" autoComplete="username" value={invitation.email} readOnly hidden />
      <Field label="Your Aerostic password" error={form.formState.errors.password?.message}>
        <PasswordInput autoComplete="current-password" {...form.register("password")} />
      </Field>
      <ProblemAlert error={accept.error} except={["password"]} />
      <Button type="submit" variant="primary" size="lg" loading={accept.isPending}>
        Join workspace
      </Button>
    </form>
  );
}

const newSchema = z.object({ name: required("Enter your name."), password: newPassword });

function JoinAsNew({ token }: { token: string }) {
  const navigate = useNavigate();
  const accept = useAcceptInvitation();
  const form = useSchemaForm(newSchema, { name: "", password: "" });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    const joined = await submitTo(form, () => accept.mutateAsync({ params: { path: { token } }, body }));
    if (joined) navigate({ to: joined.accessToken ? "/overview" : "/login" });
  });
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field label="Your name" error={errors.name?.message}>
        <Input size="lg" autoComplete="name" {...form.register("name")} />
      </Field>
      <Field label="Password" hint="At least 10 characters" error={errors.password?.message}>
        <PasswordInput autoComplete="new-password" {...form.register("password")} />
      </Field>
      <ProblemAlert error={accept.error} except={["name", "password"]} />
      <Button type="submit" variant="primary" size="lg" loading={accept.isPending}>
        Join workspace
      </Button>
    </form>
  );
}
