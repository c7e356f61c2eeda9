import { Alert } from "@aerostic/ui/alert";
import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { CopyButton } from "@aerostic/ui/copy-button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@aerostic/ui/dialog";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Field } from "@aerostic/ui/field";
import { FileDrop } from "@aerostic/ui/file-drop";
import { Input } from "@aerostic/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@aerostic/ui/popover";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { LabelledProgress } from "@aerostic/ui/progress";
import { Sheet, SheetContent, SheetTrigger } from "@aerostic/ui/sheet";
import { toast } from "@aerostic/ui/toast";
import { Tooltip } from "@aerostic/ui/tooltip";
import { Megaphone } from "lucide-react";
import { useState } from "react";

const problem = {
  detail: "The file could not be read.",
  errors: [{ location: "body.file", message: "Row 3 has no phone number." }],
};

export function Feedback() {
  const [file, setFile] = useState<File>();
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card>
        <CardHeader title="Messages" />
        <CardBody className="flex flex-col gap-3">
          <Alert tone="info" title="Templates sync every hour" />
          <Alert tone="warning" title="Quality fell to Medium">
            Send less often for a few days.
          </Alert>
          <ProblemAlert error={problem} onRetry={() => undefined} />
          <LabelledProgress label="Import" title="Importing contacts.csv" value={620} max={1000} />
          <FileDrop
            label="Drop a CSV file here"
            hint="Up to 200 MB"
            accept=".csv"
            maxBytes={200 * 2 ** 20}
            file={file}
            onFile={setFile}
          />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Overlays and nothing" />
        <CardBody className="flex flex-col gap-3">
          <Overlays />
          <EmptyState
            icon={Megaphone}
            title="No campaigns yet"
            action={<Button variant="primary">New campaign</Button>}
          >
            A campaign sends one approved template to many people.
          </EmptyState>
        </CardBody>
      </Card>
    </div>
  );
}

function Overlays() {
  const [confirming, setConfirming] = useState(false);
  return (
    <div className="flex flex-wrap gap-2">
      <Dialog>
        <DialogTrigger asChild>
          <Button>Open dialog</Button>
        </DialogTrigger>
        <DialogContent
          title="Invite a colleague"
          description="They get a mail with a link."
          footer={
            <>
              <DialogClose asChild>
                <Button>Cancel</Button>
              </DialogClose>
              <Button variant="primary">Send invitation</Button>
            </>
          }
        >
          <Field label="Email">
            <Input type="email" />
          </Field>
        </DialogContent>
      </Dialog>
      <Button onClick={() => setConfirming(true)}>Ask first</Button>
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title="Send to 12,840 people?"
        description="This uses about ₹11,042 from your wallet. You can pause it at any time."
        confirm="Send now"
        typed="SEND"
        onConfirm={() => undefined}
      />
      <Sheet>
        <SheetTrigger asChild>
          <Button>Open sheet</Button>
        </SheetTrigger>
        <SheetContent title="Ananya Iyer" description="+91 98450 11000">
          <p className="p-5">Details</p>
        </SheetContent>
      </Sheet>
      <Popover>
        <PopoverTrigger asChild>
          <Button>Open popover</Button>
        </PopoverTrigger>
        <PopoverContent>Filters</PopoverContent>
      </Popover>
      <Tooltip label="Shown on hover and focus">
        <Button variant="ghost">Tooltip</Button>
      </Tooltip>
      <Button
        onClick={() =>
          toast.success("Campaign queued", {
            description: "12,840 messages, starting 10:00",
            action: { label: "Undo", onClick: () => undefined },
          })
        }
      >
        Show toast
      </Button>
      <CopyButton value="wamid.HBg" what="message id" />
    </div>
  );
}
