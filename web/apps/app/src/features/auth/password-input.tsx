import { Input, type InputProps } from "@aerostic/ui/input";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

/** A password that can be shown; put it in a Field. */
export function PasswordInput(props: Omit<InputProps, "type" | "suffix">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Input
      size="lg"
      {...props}
      type={shown ? "text" : "password"}
      suffix={
        <button
          type="button"
          aria-label={shown ? "Hide password" : "Show password"}
          onClick={() => setShown(!shown)}
          className="focus-ring rounded-md border border-transparent p-1 hover:text-foreground"
        >
          <Icon className="size-4" />
        </button>
      }
    />
  );
}
