import { Button } from "@aerostic/ui/button";
import { toast } from "@aerostic/ui/toast";
import { MailWarning } from "lucide-react";
import { useMe } from "@/features/auth/api/me";
import { useResendVerification } from "@/features/auth/api/resend-verification";

/** A strip above every screen until the address is confirmed. */
export function UnverifiedNotice() {
  const { user } = useMe();
  const resend = useResendVerification();
  if (user.emailVerified) return null;
  const send = () =>
    resend.mutate(
      { body: { email: user.email } },
      {
        onSuccess: () => toast.success("Sent again", { description: `Look for it at ${user.email}.` }),
        onError: (error) => toast.error("Could not send", { description: error.detail }),
      },
    );
  return (
    <div role="status" className="flex items-center gap-2.5 border-b bg-warning-soft px-4 py-2 text-sm">
      <MailWarning aria-hidden className="size-4 shrink-0 text-warning" />
      <p className="min-w-0 flex-1">Confirm {user.email}: open the link in the mail we sent.</p>
      <Button size="sm" loading={resend.isPending} onClick={send}>
        Send again
      </Button>
    </div>
  );
}
