import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Plus, Trash2 } from "lucide-react";
import type { Finding } from "./api/lint";
import { BodyField } from "./body-field";
import { ButtonsField, buttonsOf } from "./buttons-field";
import { findingsAt, isError } from "./draft";
import { type CardForm, type HeaderFormat, newCard } from "./form";
import { Findings } from "./form-parts";
import { HeaderField } from "./header-field";

const cardHeaders: HeaderFormat[] = ["IMAGE", "VIDEO", "PRODUCT"];
const [fewest, most] = [2, 10];

interface CardsFieldProps {
  cards: CardForm[];
  onChange: (cards: CardForm[]) => void;
  channelId: string;
  findings: Finding[];
  onLeave: (place: string) => void;
}

/** Two to ten cards with the same parts: what one card's header and buttons are, all have. */
export function CardsField({ cards, onChange, channelId, findings, onLeave }: CardsFieldProps) {
  const change = (index: number, part: Partial<CardForm>) =>
    onChange(
      alike(
        cards.map((card, at) => (at === index ? { ...card, ...part } : card)),
        index,
      ),
    );
  return (
    <>
      {cards.map((card, index) => {
        const place = `card ${index + 1}`;
        const here = findingsAt(findings, place);
        return (
          <Card key={card.key}>
            <CardHeader
              title={`Card ${index + 1}`}
              description={
                index === 0 ? "The kind of header and the buttons are alike on all cards" : undefined
              }
              action={
                cards.length > fewest && (
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label={`Remove card ${index + 1}`}
                    onClick={() => onChange(cards.filter((_, at) => at !== index))}
                  >
                    <Trash2 />
                  </Button>
                )
              }
            />
            <CardBody className="flex flex-col gap-5">
              <HeaderField
                header={card.header}
                allowed={cardHeaders}
                channelId={channelId}
                onChange={(part) => change(index, { header: { ...card.header, ...part } })}
                onLeave={() => onLeave(place)}
              />
              <BodyField
                body={card.body}
                examples={card.examples}
                limit={160}
                optional
                onBody={(body) => change(index, { body })}
                onExample={(name, value) => change(index, { examples: { ...card.examples, [name]: value } })}
                onLeave={() => onLeave(place)}
                invalid={here.some((finding) => isError(finding) && finding.place.endsWith("body"))}
              />
              <ButtonsField
                buttons={card.buttons}
                onChange={(buttons) => change(index, { buttons })}
                findings={[]}
                onLeave={() => onLeave(place)}
                allowed={buttonsOf.card}
                most={2}
              />
              <Findings findings={here} />
            </CardBody>
          </Card>
        );
      })}
      <Findings findings={findingsAt(findings, "carousel")} />
      <Button
        className="self-start"
        disabled={cards.length >= most}
        onClick={() => onChange([...cards, newCard(cards[0])])}
      >
        <Plus /> Add card
      </Button>
    </>
  );
}

/** The cards after one changed: the others get its kind of header and its kinds of buttons. */
export function alike(cards: CardForm[], changed: number): CardForm[] {
  const model = cards[changed];
  if (!model) return cards;
  return cards.map((card, index) => {
    if (index === changed) return card;
    const header =
      card.header.format === model.header.format
        ? card.header
        : { ...card.header, format: model.header.format, sampleId: "", handle: "" };
    const buttons = model.buttons.map((button, at) => {
      const own = card.buttons[at];
      return own?.type === button.type ? own : { ...button, key: crypto.randomUUID() };
    });
    return { ...card, header, buttons };
  });
}
