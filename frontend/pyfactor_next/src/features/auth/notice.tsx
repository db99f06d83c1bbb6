import { Info } from "lucide-react";
import type { ReactNode } from "react";

/** Says why one is on this page. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p
      role="status"
      className="flex items-start gap-2 rounded-md bg-info-soft px-3 py-2 text-sm text-info-ink"
    >
      <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  );
}
