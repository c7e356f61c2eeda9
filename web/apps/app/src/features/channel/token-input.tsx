import { Input, type InputProps } from "@aerostic/ui/input";

/** For secrets that are pasted: hidden, and no password manager offers to keep them. */
export function TokenInput(props: InputProps) {
  return (
    <Input
      type="password"
      autoComplete="off"
      spellCheck={false}
      data-1p-ignore
      data-lpignore="true"
      className="font-mono"
      placeholder="EAAG…"
      {...props}
    />
  );
}
