import { Badge } from "@aerostic/ui/badge";
import { Card, CardHeader } from "@aerostic/ui/card";
import { Input } from "@aerostic/ui/input";
import { formatMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Table, TD, TH, TR } from "@aerostic/ui/table";
import { Search } from "lucide-react";
import { useState } from "react";
import { useFormat } from "@/lib/format";
import { type RateSheet, useRates } from "./api/rates";
import { type Category, categoriesOf, categoryNames, ratesOf } from "./rate-table";

/** What one message costs per market and category, WhatsApp's price and the markup apart. */
export function Rates() {
  const { data, error, refetch } = useRates();
  if (error) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  if (!data) {
    return (
      <Card role="status" aria-label="Loading prices" className="gap-3 p-4">
        <Skeleton className="w-1/3" />
        <Skeleton className="h-40" />
      </Card>
    );
  }
  return <RateCard sheet={data} />;
}

function RateCard({ sheet }: { sheet: RateSheet }) {
  const format = useFormat();
  const [category, setCategory] = useState<Category>("marketing");
  const [text, setText] = useState("");
  const lines = ratesOf(sheet, category, text);
  const money = (amount: number) => formatMoney({ amount, currency: sheet.currency }, { fine: true });
  const converted = lines.some((line) => line.converted);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Price per delivered message"
        description={`${sheet.source} · in force since ${format.date(sheet.effectiveFrom)}. Messages that are not delivered cost nothing.`}
        divided
      />
      <div className="flex flex-wrap gap-2 border-b px-4 py-2">
        <div className="w-56 max-sm:w-full">
          <Input
            type="search"
            aria-label="Search markets"
            placeholder="Search markets"
            prefix={<Search aria-hidden />}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <Select
          aria-label="Category"
          className="w-56 text-sm max-sm:w-full"
          options={categoriesOf(sheet).map((value) => ({ value, label: categoryNames[value] }))}
          value={category}
          onValueChange={(next) => setCategory(next as Category)}
        />
      </div>
      <Table aria-label={`Prices of ${categoryNames[category].toLowerCase()} messages`}>
        <thead>
          <tr>
            <TH>Market</TH>
            <TH className="text-right">WhatsApp</TH>
            <TH className="text-right">Markup</TH>
            <TH className="text-right">You pay</TH>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <TR key={line.market}>
              <TD className="h-10">
                <span className="flex flex-wrap items-center gap-2">
                  {line.market}
                  {line.market === sheet.homeMarket && <Badge tone="primary">Home</Badge>}
                  {line.converted && <span className="text-muted-foreground text-xs">converted</span>}
                </span>
              </TD>
              <TD className="h-10 text-right">{money(line.base)}</TD>
              <TD className="h-10 text-right text-muted-foreground">{money(line.markup)}</TD>
              <TD className="h-10 text-right font-medium">{money(line.total)}</TD>
            </TR>
          ))}
        </tbody>
      </Table>
      {lines.length === 0 && (
        <p className="px-4 py-8 text-center text-muted-foreground text-sm">No market is called so.</p>
      )}
      {converted && sheet.conversionNote && (
        <p className="border-t px-4 py-3 text-muted-foreground text-xs">{sheet.conversionNote}</p>
      )}
    </Card>
  );
}
