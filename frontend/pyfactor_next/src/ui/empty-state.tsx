import type { ReactNode } from "react";
import { cn } from "./cn";

interface EmptyStateProps {
  /**
   * Never mixed: "first-use" has nothing yet and offers to make something, "no-match" has filters
   * to clear, "no-permission" says which role can and who has it.
   */
  kind: "first-use" | "no-match" | "no-permission";
  icon?: ReactNode;
  title: string;
  description?: ReactNode;
  /** Main action first. */
  actions?: ReactNode;
  className?: string;
}

export function EmptyState({
  kind,
  icon,
  title,
  description,
  actions,
  className,
}: EmptyStateProps) {
  return (
    <div
      data-empty={kind}
      className={cn("flex flex-col items-center justify-center px-6 py-16 text-center", className)}
    >
      {icon ? (
        <div
          aria-hidden
          className="mb-4 flex size-11 items-center justify-center rounded-xl bg-sunken text-muted ring-1 ring-inset ring-line [&_svg]:size-5"
        >
          {icon}
        </div>
      ) : null}
      <h2 className="text-lg font-semibold">{title}</h2>
      {description ? <p className="mt-1 max-w-md text-sm text-muted">{description}</p> : null}
      {actions ? <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
