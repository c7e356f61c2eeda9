import { Badge, type Tone } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { Funnel } from "@aerostic/ui/funnel";
import { formatMoney } from "@aerostic/ui/lib/format";
import { ChartLegend, LineChart } from "@aerostic/ui/line-chart";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { RateBar } from "@aerostic/ui/progress";
import { Stat, StatGroup } from "@aerostic/ui/stat";
import { CellStack } from "@aerostic/ui/table";
import { Ellipsis } from "lucide-react";
import { useState } from "react";

const series = [
  { key: "delivered", label: "Delivered", color: 1 },
  { key: "read", label: "Read", color: 2 },
  { key: "replied", label: "Replied", color: 3 },
] as const;

const points = Array.from({ length: 30 }, (_, day) => {
  const delivered = Math.round(7000 + 3200 * Math.sin(day / 2.3) + day * 90);
  return {
    label: `${day + 1} Nov`,
    values: { delivered, read: Math.round(delivered * 0.67), replied: Math.round(delivered * 0.13) },
  };
});
const trend = points.slice(-10).map((point) => point.values.delivered);

export function Data() {
  return (
    <>
      <StatGroup>
        <Stat
          label="Messages delivered"
          value="2,41,806"
          delta={{ text: "12.4%", direction: "up", good: true }}
          note="vs previous 30 days"
          spark={trend}
        />
        <Stat
          label="Read rate"
          value="67.9%"
          delta={{ text: "2.1%", direction: "up", good: true }}
          note="vs previous 30 days"
          spark={trend}
          color={2}
        />
        <Stat
          label="Spend"
          value={formatMoney({ amount: 1_943_100_000, currency: "INR" }, { whole: true })}
          delta={{ text: "6.3%", direction: "up", good: false }}
          note="vs previous 30 days"
          spark={trend}
          color={4}
        />
        <Stat label="Failed" value={undefined} note="people to look at" onClick={() => undefined} />
      </StatGroup>
      <div className="grid gap-4 xl:grid-cols-[2fr_1fr]">
        <Card>
          <CardHeader
            title="Message volume"
            description="Delivered, read and replied, per day"
            action={<ChartLegend series={[...series]} />}
          />
          <CardBody>
            <LineChart label="Messages per day" series={[...series]} points={points} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="From message to order" description="All campaigns" />
          <CardBody>
            <Funnel
              stages={[
                { label: "Sent", value: 248930 },
                { label: "Delivered", value: 241806 },
                { label: "Read", value: 164186, onClick: () => undefined },
                { label: "Replied", value: 31742 },
              ]}
            />
          </CardBody>
        </Card>
      </div>
      <div className="grid gap-4 xl:grid-cols-[2fr_1fr]">
        <Campaigns />
        <PhonePreview
          sender="Bloom & Co."
          message={{
            header: { kind: "image", name: "diwali.jpg" },
            body: "Hi *{{1}}*, our Diwali box is here 🪔\n\nUse _{{2}}_ for 10% off until Friday.",
            footer: "Reply STOP to opt out",
            buttons: [
              { kind: "url", text: "Shop now" },
              { kind: "quick_reply", text: "Not interested" },
            ],
          }}
          values={{ 1: "अनन्या" }}
        />
      </div>
    </>
  );
}

interface Row {
  id: string;
  name: string;
  note: string;
  status: [Tone, string];
  sent: number;
  delivered: number;
}

const rows: Row[] = [
  {
    id: "1",
    name: "Diwali early access",
    note: "VIP buyers",
    status: ["primary", "Sending"],
    sent: 12840,
    delivered: 12506,
  },
  {
    id: "2",
    name: "Winter care guide",
    note: "All opted in",
    status: ["info", "Scheduled"],
    sent: 0,
    delivered: 0,
  },
  {
    id: "3",
    name: "NPS after delivery",
    note: "Delivered 7 d",
    status: ["warning", "Paused"],
    sent: 2000,
    delivered: 1802,
  },
  {
    id: "4",
    name: "Referral push",
    note: "Repeat buyers",
    status: ["danger", "Failed"],
    sent: 500,
    delivered: 112,
  },
];

const columns: Column<Row>[] = [
  { id: "name", header: "Campaign", cell: (row) => <CellStack title={row.name} note={row.note} /> },
  {
    id: "status",
    header: "Status",
    cell: ({ status: [tone, label] }) => (
      <Badge tone={tone} dot>
        {label}
      </Badge>
    ),
  },
  {
    id: "delivered",
    header: "Delivered",
    hideBelow: "md",
    cell: (row) => <RateBar label={`${row.name} delivered`} part={row.delivered} whole={row.sent} />,
  },
  {
    id: "actions",
    header: <span className="sr-only">Actions</span>,
    align: "right",
    width: "56px",
    cell: (row) => (
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${row.name}`}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem>Duplicate</DropdownMenuItem>
          <DropdownMenuItem tone="danger">Delete</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    ),
  },
];

function Campaigns() {
  const [selected, setSelected] = useState(new Set(["2"]));
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Recent campaigns" />
      <DataTable
        label="Recent campaigns"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={(row) => row.name}
        selected={selected}
        onSelectedChange={setSelected}
      />
    </Card>
  );
}
