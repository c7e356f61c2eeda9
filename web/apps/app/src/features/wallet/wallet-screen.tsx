import { Alert } from "@aerostic/ui/alert";
import { formatCount, formatMoney, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Segmented } from "@aerostic/ui/segmented";
import { Stat, StatGroup } from "@aerostic/ui/stat";
import { useNavigate } from "@tanstack/react-router";
import { Page, PageBody } from "@/features/shell/page";
import { useRealtime } from "@/lib/realtime";
import { useWallet, type Wallet } from "./api/balance";
import { MonthCard } from "./month-card";
import { Rates } from "./rates";
import { Statement } from "./statement";
import { TransactionSheet } from "./transaction-sheet";
import type { WalletSearch } from "./wallet-search";

const tabs = [
  { value: "statement", label: "Statement" },
  { value: "rates", label: "Prices" },
] as const;

type Tab = (typeof tabs)[number]["value"];

/** What is there, what became of it, and what a message costs. */
export function WalletScreen({ search }: { search: WalletSearch }) {
  const navigate = useNavigate({ from: "/wallet" });
  const { data: wallet, error, refetch } = useWallet();
  useRealtime("wallet", { onEvent: () => refetch(), onGap: () => refetch() });
  const tab = search.tab ?? "statement";
  const open = (transaction: string | undefined) => navigate({ search: (old) => ({ ...old, transaction }) });

  return (
    <Page
      title="Wallet"
      actions={
        <Segmented<Tab>
          label="View"
          value={tab}
          onValueChange={(next) => navigate({ search: { tab: next === "statement" ? undefined : next } })}
          options={[...tabs]}
        />
      }
    >
      <PageBody>
        {error && !wallet ? (
          <ProblemAlert error={error} onRetry={() => refetch()} />
        ) : (
          <>
            {wallet?.lowBalance && <LowBalance wallet={wallet} />}
            <Figures wallet={wallet} />
            {wallet && <MonthCard month={wallet.month} />}
          </>
        )}
        {tab === "rates" ? (
          <Rates />
        ) : (
          <Statement
            kind={search.kind}
            onKind={(kind) => navigate({ search: (old) => ({ ...old, kind }), replace: true })}
            onOpen={open}
          />
        )}
      </PageBody>
      <TransactionSheet id={search.transaction} onClose={() => open(undefined)} />
    </Page>
  );
}

function LowBalance({ wallet }: { wallet: Wallet }) {
  const negative = wallet.available.amount < 0;
  return (
    <Alert
      tone="warning"
      title={
        negative ? "The balance is below zero" : `The balance is below ${formatMoney(wallet.lowBalanceAt)}`
      }
    >
      {negative
        ? "Prices were corrected after the messages went out. Nothing is sent until money is added."
        : "Campaigns stop when it is used up."}{" "}
      Ask the platform's operator to add money.
    </Alert>
  );
}

function Figures({ wallet }: { wallet?: Wallet }) {
  const days = wallet?.daysLeft;
  return (
    <StatGroup>
      <Stat
        label="Available"
        value={wallet && formatMoney(wallet.available)}
        note={
          wallet &&
          (days === undefined
            ? `About ${formatNumber(wallet.messagesLeftEstimate)} marketing messages`
            : days > 365
              ? "Lasts longer than a year"
              : `Lasts about ${formatCount(days, "day")}`)
        }
      />
      <Stat label="Held" value={wallet && formatMoney(wallet.held)} note="For messages on the way" />
      <Stat label="Spent today" value={wallet && formatMoney(wallet.spentToday)} note="Delivered messages" />
      <Stat
        label="Spent in 30 days"
        value={wallet && formatMoney(wallet.spent30Days)}
        note="Today included"
      />
    </StatGroup>
  );
}
