import { formatMoney } from "@aerostic/ui/lib/format";
import { Progress } from "@aerostic/ui/progress";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { useCan } from "@/features/auth/api/me";
import { useWallet } from "@/features/wallet/api/balance";
import { useRealtime } from "@/lib/realtime";
import { useThrottled } from "@/lib/use-live";

/** The balance at a glance; the bar is what is free of what the workspace has. */
export function WalletCard() {
  return useCan("wallet.read") ? <Balance /> : null;
}

function Balance() {
  const { data, refetch } = useWallet();
  const soon = useThrottled(() => refetch(), 3000);
  useRealtime("wallet", { onEvent: soon, onGap: soon });
  // A campaign on its way moves money all the time.
  useRealtime("campaigns", { onEvent: soon, onGap: soon });
  return (
    <Link
      to="/wallet"
      className="focus-ring mx-2 mb-2 flex flex-col gap-2 rounded-xl border bg-card p-3 shadow-xs hover:border-input"
    >
      <span className="flex items-baseline justify-between gap-2">
        <span className="text-xs">Wallet</span>
        {data ? (
          <span className="font-semibold text-sm">{formatMoney(data.available, { whole: true })}</span>
        ) : (
          <Skeleton className="w-16" />
        )}
      </span>
      <Progress
        label="Free balance"
        value={Math.max(0, data?.available.amount ?? 0)}
        max={Math.max(1, (data?.available.amount ?? 0) + (data?.held.amount ?? 0))}
        className="h-1"
      />
      {data?.month.cap && (
        <span className="text-2xs text-muted-foreground">
          {formatMoney(data.month.taken, { whole: true })} of {formatMoney(data.month.cap, { whole: true })}{" "}
          this month
        </span>
      )}
      <span className="text-2xs text-muted-foreground">
        {data && data.held.amount > 0
          ? `${formatMoney(data.held, { whole: true })} held for sending`
          : "Nothing held"}
      </span>
    </Link>
  );
}
