import type { ComponentProps } from "react";
import { cn } from "@/ui/cn";
import { Input } from "@/ui/input";

/** For codes from a mail; phones offer to fill it in. */
export function CodeInput({ className, ...rest }: ComponentProps<"input">) {
  return (
    <Input
      autoComplete="one-time-code"
      autoCapitalize="characters"
      autoCorrect="off"
      spellCheck={false}
      className={cn(
        "h-11 md:h-11 text-center font-mono text-lg md:text-lg tracking-[0.2em] uppercase",
        className,
      )}
      {...rest}
    />
  );
}
