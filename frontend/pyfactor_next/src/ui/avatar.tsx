import { cn } from "./cn";

const tones = [
  "bg-info-soft text-info-ink",
  "bg-violet-soft text-violet-ink",
  "bg-success-soft text-success-ink",
  "bg-warning-soft text-warning-ink",
  "bg-danger-soft text-danger-ink",
] as const;

/** First letters of the first and last word: "Königlich Essen" gives KE. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first = "?"] = words;
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  // By characters and not by units: rare Chinese letters take two.
  return [[...first][0], [...last][0]].join("").toUpperCase();
}

function tone(name: string): string {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return tones[hash % tones.length] ?? tones[0];
}

interface AvatarProps {
  name: string;
  size?: "xs" | "sm" | "md" | "lg";
  /** Businesses are squares, people are circles. */
  shape?: "circle" | "square";
  className?: string;
}

const sizes = {
  xs: "size-5 text-[0.5625rem]",
  sm: "size-6 text-2xs",
  md: "size-8 text-xs",
  lg: "size-11 text-base",
};

/** Initials in a colour that stays the same for the same name. Decorative: write the name beside it. */
export function Avatar({ name, size = "sm", shape = "circle", className }: AvatarProps) {
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className={cn(
        // Drawn by the style sheet: the letters are a picture and no part of a button's text.
        "before:content-[attr(data-initials)]",
        "inline-flex shrink-0 items-center justify-center font-semibold select-none",
        shape === "circle" ? "rounded-full" : size === "lg" ? "rounded-lg" : "rounded-sm",
        sizes[size],
        tone(name),
        className,
      )}
    />
  );
}
