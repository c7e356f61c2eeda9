import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { BodyField } from "./body-field";
import { CodeField } from "./code-field";
import type { HeaderFormat } from "./form";
import { Counter, Findings } from "./form-parts";
import { HeaderField } from "./header-field";
import { OfferField } from "./shape-field";
import type { FormPart } from "./template-editor";

const offerHeaders: HeaderFormat[] = ["NONE", "IMAGE", "VIDEO"];

/** What the message says; which parts it has depends on its category and make. */
export function MessageCard({ form, change, shown, leave, invalid }: FormPart) {
  if (form.category === "AUTHENTICATION") {
    return (
      <Card>
        <CardHeader title="Message" />
        <CardBody className="flex flex-col gap-3">
          <CodeField code={form.code} onChange={(part) => change({ code: { ...form.code, ...part } })} />
          <Findings findings={[...shown("footer"), ...shown("body"), ...shown("header")]} />
        </CardBody>
      </Card>
    );
  }
  const offer = form.shape === "offer";
  const carousel = form.shape === "carousel";
  return (
    <Card>
      <CardHeader title="Message" description={carousel ? "The text above the cards" : undefined} />
      <CardBody className="flex flex-col gap-5">
        {!carousel && (
          <div className="flex flex-col gap-1.5">
            <HeaderField
              header={form.header}
              allowed={offer ? offerHeaders : undefined}
              channelId={form.channelId}
              onChange={(part) => change({ header: { ...form.header, ...part } })}
              onLeave={() => leave("header")}
            />
            <Findings findings={shown("header")} />
          </div>
        )}
        {offer && (
          <div className="flex flex-col gap-1.5">
            <OfferField
              offer={form.offer}
              onChange={(part) => change({ offer: { ...form.offer, ...part } })}
              onLeave={() => leave("offer")}
            />
            <Findings findings={shown("offer")} />
          </div>
        )}
        <BodyField
          body={form.body}
          examples={form.examples}
          limit={offer ? 600 : 1024}
          onBody={(body) => change({ body })}
          onExample={(name, value) => change({ examples: { ...form.examples, [name]: value } })}
          onLeave={() => leave("body")}
          invalid={invalid("body")}
        >
          <Findings findings={shown("body")} />
        </BodyField>
        {form.shape === "standard" && (
          <div className="flex flex-col gap-1.5">
            <Field label="Footer" optional action={<Counter text={form.footer} limit={60} />}>
              <Input
                dir="auto"
                value={form.footer}
                placeholder="Reply STOP to opt out"
                onChange={(event) => change({ footer: event.target.value })}
                onBlur={() => leave("footer")}
              />
            </Field>
            <Findings findings={shown("footer")} />
          </div>
        )}
      </CardBody>
    </Card>
  );
}
