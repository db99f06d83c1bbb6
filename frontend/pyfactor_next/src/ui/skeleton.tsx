import { cn } from "./cn";

/** A grey bar of the size of what will come. The part around it says `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden
      className={cn("h-4 rounded-sm bg-sunken motion-safe:animate-pulse", className)}
    />
  );
}
