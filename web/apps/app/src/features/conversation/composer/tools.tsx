import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { Tooltip } from "@aerostic/ui/tooltip";
import {
  AtSign,
  ContactRound,
  FileText,
  LayoutList,
  LayoutTemplate,
  Link,
  type LucideIcon,
  MapPin,
  MapPinned,
  MessageSquareText,
  Mic,
  Paperclip,
  Plus,
  ReceiptIndianRupee,
  RectangleEllipsis,
  ShoppingBag,
} from "lucide-react";
import { useRef } from "react";
import { EmojiPicker } from "./emoji-picker";
import { type QuickKind, quickForms } from "./quick-forms";
import { SendLater } from "./send-later";

interface ToolsProps {
  note: boolean;
  /** Anything may be written; otherwise only templates. */
  free: boolean;
  /** Nothing may be sent at all. */
  locked: boolean;
  sendable: boolean;
  windowUntil?: string;
  enterSends: boolean;
  onEnterSends: (on: boolean) => void;
  onFiles: (files: Iterable<File>) => void;
  onEmoji: (emoji: string) => void;
  onMention: () => void;
  /** There are canned replies. */
  onCanned?: () => void;
  onQuick: (kind: QuickKind) => void;
  onTemplate: () => void;
  onRecord: () => void;
  onLater: (at: Date) => void;
}

/** The row of buttons under the text. */
export function Tools(props: ToolsProps) {
  const { note, free, locked } = props;
  const input = useRef<HTMLInputElement>(null);
  if (note) {
    return (
      <>
        <EmojiPicker onPick={props.onEmoji} />
        <Tool icon={AtSign} label="Mention somebody" onClick={props.onMention} />
      </>
    );
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={(event) => {
          props.onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Tool icon={Paperclip} label="Attach files" disabled={!free} onClick={() => input.current?.click()} />
      <EmojiPicker onPick={props.onEmoji} />
      {props.onCanned && (
        <Tool
          icon={MessageSquareText}
          label="Canned replies"
          onClick={props.onCanned}
          className="max-sm:hidden"
        />
      )}
      <Tool
        icon={LayoutTemplate}
        label="Templates"
        disabled={locked}
        onClick={props.onTemplate}
        className="max-sm:hidden"
      />
      <Tool icon={Mic} label="Record a voice message" disabled={!free} onClick={props.onRecord} />
      <SendLater disabled={!props.sendable} until={props.windowUntil} onPick={props.onLater} />
      <More {...props} />
    </>
  );
}

function Tool({
  icon: Icon,
  label,
  ...props
}: {
  icon: LucideIcon;
  label: string;
  disabled?: boolean;
  onClick: () => void;
  className?: string;
}) {
  return (
    <Tooltip label={label}>
      <Button variant="ghost" size="icon" aria-label={label} {...props}>
        <Icon />
      </Button>
    </Tooltip>
  );
}

const icons: Record<QuickKind, LucideIcon> = {
  buttons: RectangleEllipsis,
  list: LayoutList,
  link: Link,
  location: MapPin,
  locationRequest: MapPinned,
  card: ContactRound,
  product: ShoppingBag,
  payment: ReceiptIndianRupee,
  flow: FileText,
};

function More({ free, locked, enterSends, onEnterSends, onQuick, onTemplate, onCanned }: ToolsProps) {
  return (
    <DropdownMenu>
      <Tooltip label="More to send">
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More to send">
            <Plus />
          </Button>
        </DropdownMenuTrigger>
      </Tooltip>
      <DropdownMenuContent side="top" align="start">
        <DropdownMenuItem className="sm:hidden" disabled={locked} onSelect={onTemplate}>
          <LayoutTemplate /> Template
        </DropdownMenuItem>
        {onCanned && (
          <DropdownMenuItem className="sm:hidden" onSelect={onCanned}>
            <MessageSquareText /> Canned reply
          </DropdownMenuItem>
        )}
        {!free && <DropdownMenuLabel>While the window is open</DropdownMenuLabel>}
        {(Object.keys(quickForms) as QuickKind[]).map((kind) => {
          const Icon = icons[kind];
          return (
            <DropdownMenuItem key={kind} disabled={!free} onSelect={() => onQuick(kind)}>
              <Icon /> {quickForms[kind].title}
            </DropdownMenuItem>
          );
        })}
        <DropdownMenuSeparator />
        <DropdownMenuCheckboxItem checked={enterSends} onCheckedChange={onEnterSends}>
          Enter sends
        </DropdownMenuCheckboxItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
