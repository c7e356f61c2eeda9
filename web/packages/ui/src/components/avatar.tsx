import type { CSSProperties } from "react";
import { cn } from "../lib/cn";

const sizes = { sm: "size-6 text-[10px]", md: "size-7 text-2xs", lg: "size-9 text-xs" };

interface AvatarProps {
  name: string;
  size?: keyof typeof sizes;
  /** Square for firms, round for people. */
  square?: boolean;
  className?: string;
}

/** Initials on a colour that always belongs to the same name. Decorative: the name stands beside it. */
export function Avatar({ name, size = "md", square, className }: AvatarProps) {
  return (
    <span
      aria-hidden
      style={{ "--hue": hueOf(name) } as CSSProperties}
      className={cn(
        "inline-flex shrink-0 select-none items-center justify-center bg-[oklch(0.92_0.045_var(--hue))] font-semibold text-[oklch(0.36_0.08_var(--hue))] dark:bg-[oklch(0.36_0.06_var(--hue))] dark:text-[oklch(0.9_0.06_var(--hue))]",
        square ? "rounded-md" : "rounded-full",
        sizes[size],
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}

/** At most two letters, by user-perceived characters: "अनन्या अय्यर" is "अअ", "Meera Iyer 🌿" is "MI". */
export function initialsOf(name: string): string {
  const all = name.trim().split(/\s+/).filter(Boolean);
  const lettered = all.filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const words = lettered.length > 0 ? lettered : all;
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}

function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}
