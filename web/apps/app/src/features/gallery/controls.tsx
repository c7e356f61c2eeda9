import { Avatar } from "@aerostic/ui/avatar";
import { Badge, type Tone } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Kbd } from "@aerostic/ui/kbd";
import { Radio, RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Segmented } from "@aerostic/ui/segmented";
import { Select } from "@aerostic/ui/select";
import { Stepper } from "@aerostic/ui/stepper";
import { SwitchField } from "@aerostic/ui/switch";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@aerostic/ui/tabs";
import { Textarea } from "@aerostic/ui/textarea";
import { Clock, Plus, Search, Send } from "lucide-react";
import { useState } from "react";

const tones: Tone[] = [
  "neutral",
  "primary",
  "success",
  "info",
  "warning",
  "danger",
  "violet",
  "outline",
  "solid",
];
const steps = ["Template", "Audience", "Content", "Review"].map((title) => ({ id: title, title }));

export function Controls() {
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <Buttons />
        <Navigation />
      </div>
      <Form />
    </>
  );
}

function Buttons() {
  return (
    <Card>
      <CardHeader title="Buttons and badges" />
      <CardBody className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-2">
          <Button variant="primary">
            <Plus /> Primary
          </Button>
          <Button>Secondary</Button>
          <Button variant="soft">Soft</Button>
          <Button variant="ghost">Ghost</Button>
          <Button variant="destructive">Delete</Button>
          <Button variant="primary" loading>
            Saving
          </Button>
          <Button disabled>Disabled</Button>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" size="xs">
            Extra small
          </Button>
          <Button variant="primary" size="sm">
            Small
          </Button>
          <Button variant="primary">Medium</Button>
          <Button variant="primary" size="lg">
            Large
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {tones.map((tone) => (
            <Badge key={tone} tone={tone} dot={tone !== "outline" && tone !== "solid"}>
              {tone}
            </Badge>
          ))}
          <Kbd>⌘K</Kbd>
        </div>
        <div className="flex items-center gap-2">
          {["Ann Iyer", "Rohan Mehta", "فاطمة شيخ", "विक्रम राव"].map((name) => (
            <Avatar key={name} name={name} size="lg" />
          ))}
          <Avatar name="Bloom Co" size="lg" square />
        </div>
      </CardBody>
    </Card>
  );
}

function Navigation() {
  const [period, setPeriod] = useState<"day" | "week" | "month">("week");
  const [step, setStep] = useState("Content");
  return (
    <Card>
      <CardHeader title="Navigation" />
      <CardBody className="flex flex-col gap-4">
        <Tabs defaultValue="summary">
          <TabsList>
            <TabsTrigger value="summary">Summary</TabsTrigger>
            <TabsTrigger value="people" count={12840}>
              Recipients
            </TabsTrigger>
          </TabsList>
          <TabsContent value="summary">12,840 sent, 97.4% delivered</TabsContent>
          <TabsContent value="people">Everyone</TabsContent>
        </Tabs>
        <Segmented
          label="Period"
          fill
          value={period}
          onValueChange={setPeriod}
          options={[
            { value: "day", label: "Day" },
            { value: "week", label: "Week" },
            { value: "month", label: "Month" },
          ]}
        />
        <Input
          aria-label="Search"
          type="search"
          placeholder="Search"
          prefix={<Search />}
          suffix={<Kbd>/</Kbd>}
        />
        <Stepper label="New campaign" steps={steps} current={step} onSelect={setStep} />
      </CardBody>
    </Card>
  );
}

function Form() {
  const [category, setCategory] = useState<string>();
  return (
    <Card>
      <CardHeader title="Form" />
      <CardBody className="grid gap-5 md:grid-cols-2">
        <Field label="Campaign name" hint="Only your team sees this">
          <Input placeholder="Diwali early access" />
        </Field>
        <Field label="Sender" error="This number is not verified yet">
          <Input defaultValue="+91 98450 11000" />
        </Field>
        <Field label="Category" optional>
          <Select
            placeholder="Choose one"
            value={category}
            onValueChange={setCategory}
            options={[
              { value: "marketing", label: "Marketing", hint: "Offers and news" },
              { value: "utility", label: "Utility", hint: "About an order" },
            ]}
          />
        </Field>
        <Field label="Body" action="27 / 1024">
          <Textarea defaultValue="नमस्ते *{{1}}*, your order is _ready_." />
        </Field>
        <FieldGroup label="Audience">
          <RadioGroup defaultValue="tags">
            <Radio value="all" label="Everyone" hint="All contacts who opted in" />
            <Radio value="tags" label="By tag" />
          </RadioGroup>
        </FieldGroup>
        <div className="flex flex-col gap-4">
          <CheckboxField
            label="They agreed to receive messages"
            hint="Needed by Meta's policy"
            defaultChecked
          />
          <SwitchField label="Quiet hours" hint="Nothing is sent from 21:00 to 9:00" defaultChecked />
        </div>
        <RadioGroup defaultValue="now" className="grid gap-3 sm:grid-cols-2 md:col-span-2">
          <RadioCard
            value="now"
            icon={<Send />}
            label="Start now"
            hint="The first message leaves within seconds"
          />
          <RadioCard value="later" icon={<Clock />} label="Start later" hint="At a time in your time zone" />
        </RadioGroup>
      </CardBody>
    </Card>
  );
}
