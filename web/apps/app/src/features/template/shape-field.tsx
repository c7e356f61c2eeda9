import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Segmented } from "@aerostic/ui/segmented";
import type { Category, Shape, TemplateForm } from "./form";
import { Counter } from "./form-parts";

interface CategoryFieldProps {
  value: Category;
  onChange: (value: Category) => void;
  /** Meta does not change an approved template's category. */
  fixed?: boolean;
}

/** What Meta prices the template as. */
export function CategoryField({ value, onChange, fixed }: CategoryFieldProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <p id="category-label" className="font-medium text-sm">
        Category
      </p>
      <RadioGroup
        aria-labelledby="category-label"
        value={value}
        disabled={fixed}
        onValueChange={(next) => onChange(next as Category)}
        className="grid gap-3 sm:grid-cols-3"
      >
        <RadioCard
          value="MARKETING"
          label="Marketing"
          hint="Offers, news, invitations, anything that promotes"
        />
        <RadioCard
          value="UTILITY"
          label="Utility"
          hint="About something the person did: an order, a booking, a payment"
        />
        <RadioCard
          value="AUTHENTICATION"
          label="Authentication"
          hint="One-time codes to sign in or confirm"
        />
      </RadioGroup>
    </div>
  );
}

/** Which of the three kinds of a marketing message it is. */
export function ShapeField({ value, onChange }: { value: Shape; onChange: (value: Shape) => void }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-sm">Kind</p>
      <Segmented
        label="Kind of message"
        value={value}
        onValueChange={onChange}
        className="self-start max-sm:w-full"
        options={[
          { value: "standard", label: "Message" },
          { value: "carousel", label: "Carousel" },
          { value: "offer", label: "Limited-time offer" },
        ]}
      />
    </div>
  );
}

type Offer = TemplateForm["offer"];

interface OfferFieldProps {
  offer: Offer;
  onChange: (part: Partial<Offer>) => void;
  onLeave: () => void;
}

/** The line of a limited-time offer. */
export function OfferField({ offer, onChange, onLeave }: OfferFieldProps) {
  return (
    <div className="flex flex-col gap-3">
      <Field label="The offer" action={<Counter text={offer.text} limit={16} />}>
        <Input
          dir="auto"
          value={offer.text}
          placeholder="Ends soon!"
          onChange={(event) => onChange({ text: event.target.value })}
          onBlur={onLeave}
        />
      </Field>
      <CheckboxField
        checked={offer.expires}
        onCheckedChange={(checked) => onChange({ expires: checked === true })}
        label="Show a countdown"
        hint="Each campaign says when the offer ends."
      />
    </div>
  );
}
