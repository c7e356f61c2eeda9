import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { formatDate, formatMoney } from "@aerostic/ui/lib/format";
import type { Cost, PriceReason } from "./api/explain";

/** What a message cost, base and markup apart, and where the price comes from. */
export function CostCard({ cost }: { cost: Cost }) {
  const money = (amount: number) => formatMoney({ amount, currency: cost.currency });
  const charged = cost.chargedBase + cost.chargedMarkup;
  return (
    <Card>
      <CardHeader title="What it cost" description={cost.words} />
      <CardBody className="flex flex-col gap-3">
        <DescriptionList>
          {cost.held > 0 && <DescriptionItem label="Set aside">{money(cost.held)}</DescriptionItem>}
          <DescriptionItem label="WhatsApp">{money(cost.chargedBase)}</DescriptionItem>
          <DescriptionItem label="Markup">{money(cost.chargedMarkup)}</DescriptionItem>
          <DescriptionItem label="Charged">
            <span className="font-semibold">{money(charged)}</span>
          </DescriptionItem>
        </DescriptionList>
        {cost.reported && <p className="text-muted-foreground text-sm">{cost.reported}</p>}
        {cost.reason && <Why title="Why this price" reason={cost.reason} cost={cost} />}
        {cost.repriced && (
          <Why title="Why another price than at the start" reason={cost.repriced} cost={cost} />
        )}
      </CardBody>
    </Card>
  );
}

function Why({ title, reason, cost }: { title: string; reason: PriceReason; cost: Cost }) {
  const money = (amount: number) => formatMoney({ amount, currency: cost.currency });
  return (
    <section className="border-t pt-3 text-sm">
      <h3 className="mb-1 font-semibold">{title}</h3>
      <ul className="flex list-disc flex-col gap-1 pl-4 text-muted-foreground">
        <li>
          A {categoryWords(reason.category)} message to {reason.market}, the market of the person's country
          code
          {reason.listed !== reason.market &&
            `; the card lists no rate for it, so that of “${reason.listed}” holds`}
          .
        </li>
        <li>
          Rate card: {reason.source}. In force from {formatDate(reason.from)}
          {reason.to && ` until ${formatDate(reason.to)}`}.
        </li>
        <li>
          Rate: {money(reason.base)}.{reason.conversion && ` ${reason.conversion}`}
        </li>
        <li>
          Markup: {markupWords(reason, money)},{" "}
          {reason.markupOwn ? "agreed for your workspace" : "the installation's"}.
        </li>
      </ul>
    </section>
  );
}

function categoryWords(category: string): string {
  return category.replaceAll("_", " ");
}

/** 1250 basis points and ₹0.05 a message: "12.5 % of the rate and ₹0.05". */
export function markupWords(
  { markupPoints, markupFixed }: Pick<PriceReason, "markupPoints" | "markupFixed">,
  money: (amount: number) => string,
): string {
  const parts: string[] = [];
  if (markupPoints > 0) parts.push(`${markupPoints / 100} % of the rate`);
  if (markupFixed > 0) parts.push(`${money(markupFixed)} per message`);
  return parts.join(" and ") || "none";
}
