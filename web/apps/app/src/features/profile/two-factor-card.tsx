import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { KeyRound, ShieldCheck, ShieldOff } from "lucide-react";
import { useState } from "react";
import { useMe } from "@/features/auth/api/me";
import { BothFactorsDialog } from "./both-factors-dialog";
import { SetupDialog } from "./setup-dialog";

/** Two-factor sign-in: on, off, and new recovery codes. */
export function TwoFactorCard() {
  const { user } = useMe();
  const [asking, setAsking] = useState<"setup" | "disable" | "codes">();
  const ask = (what: typeof asking) => ({
    open: asking === what,
    onOpenChange: (open: boolean) => setAsking(open ? what : undefined),
  });
  const on = user.twoFactorEnabled;
  return (
    <Card>
      <CardHeader
        title="Two-factor sign-in"
        description="Besides the password, a code from an app on your phone"
        action={
          <Badge tone={on ? "success" : "neutral"} dot>
            {on ? "On" : "Off"}
          </Badge>
        }
      />
      <CardBody className="flex flex-wrap gap-2">
        {on ? (
          <>
            <Button onClick={() => setAsking("codes")}>
              <KeyRound /> New recovery codes
            </Button>
            <Button onClick={() => setAsking("disable")}>
              <ShieldOff /> Turn off
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={() => setAsking("setup")}>
            <ShieldCheck /> Turn on
          </Button>
        )}
      </CardBody>
      <SetupDialog {...ask("setup")} />
      <BothFactorsDialog {...ask("codes")} purpose="codes" />
      <BothFactorsDialog {...ask("disable")} purpose="disable" />
    </Card>
  );
}
