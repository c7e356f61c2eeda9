import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { Copy, Ellipsis, ListTree, Reply } from "lucide-react";
import { readContent } from "../content";
import type { ThreadItem, ThreadMessage } from "../model";
import type { BubbleActions } from "./bubble";

const quick = ["👍", "❤️", "😂", "😮", "🙏"];

interface BubbleMenuProps extends BubbleActions {
  item: ThreadItem;
  message: ThreadMessage;
}

/** What can be done with one message; in sight under the mouse, and for the keyboard. */
export function BubbleMenu({ item, message, onQuote, onReact, onExplain }: BubbleMenuProps) {
  const content = readContent(message.kind, message.content, message.text);
  const words = content.is === "text" ? content.text : message.text;
  if (message.revoked) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Message actions"
          className="opacity-0 pointer-coarse:opacity-60 transition-opacity focus-visible:opacity-100 group-hover/bubble:opacity-100 data-[state=open]:opacity-100"
        >
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align={message.direction === "out" ? "end" : "start"}>
        {onReact && (
          <>
            <div className="flex gap-1 px-1 py-0.5">
              {quick.map((emoji) => (
                <DropdownMenuItem
                  key={emoji}
                  aria-label={`React with ${emoji}`}
                  className="size-9 justify-center px-0 text-lg"
                  onSelect={() => onReact(item.id, emoji)}
                >
                  {emoji}
                </DropdownMenuItem>
              ))}
            </div>
            <DropdownMenuSeparator />
          </>
        )}
        {onQuote && (
          <DropdownMenuItem onSelect={() => onQuote(item)}>
            <Reply /> Reply to this
          </DropdownMenuItem>
        )}
        {words && (
          <DropdownMenuItem onSelect={() => void navigator.clipboard.writeText(words)}>
            <Copy /> Copy the text
          </DropdownMenuItem>
        )}
        {onExplain && message.direction === "out" && (
          <DropdownMenuItem onSelect={() => onExplain(item.id)}>
            <ListTree /> What happened to it
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
