import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Spinner } from "@aerostic/ui/spinner";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useResendVerification } from "./api/resend-verification";
import { useVerify } from "./api/verify";
import { AuthPage } from "./auth-page";

const goOn = (
  <Button asChild variant="primary" size="lg" className="w-full">
    <Link to="/login">Sign in</Link>
  </Button>
);

/** The page behind the link of the confirmation mail; confirms by itself. */
export function VerifyScreen({ token }: { token: string }) {
  const { mutate, isSuccess, error } = useVerify();
  const asked = useRef(false);
  useEffect(() => {
    // A token works once, and React runs effects twice while developing.
    if (!asked.current) mutate({ body: { token } });
    asked.current = true;
  }, [mutate, token]);

  if (error) {
    return (
      <AuthPage title="Confirm your email" description="This link did not work">
        <div className="flex flex-col gap-5">
          <ProblemAlert error={error} />
          {goOn}
        </div>
      </AuthPage>
    );
  }
  if (!isSuccess) {
    return (
      <AuthPage title="Confirm your email">
        <p role="status" className="flex items-center gap-2 text-muted-foreground">
          <Spinner /> Checking your link
        </p>
      </AuthPage>
    );
  }
  return (
    <AuthPage title="Email confirmed" description="Thank you. Everything is ready.">
      {goOn}
    </AuthPage>
  );
}

/** Shown after sign-up: where the mail went, and how to get another. */
export function VerifyNotice({ sentTo }: { sentTo?: string }) {
  const resend = useResendVerification();
  return (
    <AuthPage
      title="Check your mail"
      description={
        <>
          We sent a link to{" "}
          {sentTo ? <strong className="font-medium text-foreground">{sentTo}</strong> : "your address"}. Open
          it to confirm the address.
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {resend.isSuccess && <Alert tone="success" title="Sent again. It can take a minute to arrive." />}
        <ProblemAlert error={resend.error} />
        {sentTo && (
          <Button
            size="lg"
            loading={resend.isPending}
            onClick={() => resend.mutate({ body: { email: sentTo } })}
          >
            Send it again
          </Button>
        )}
        {goOn}
      </div>
    </AuthPage>
  );
}
