import { cn } from "./cn";
import { type Colour, dotColour } from "./colours";

export function ColourDot({ colour, className }: { colour: Colour; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("inline-block size-2 shrink-0 rounded-full", dotColour[colour], className)}
    />
  );
}
