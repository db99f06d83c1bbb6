import type { ReactNode } from "react";
import { cn } from "./cn";

interface PageHeaderProps {
  title: ReactNode;
  /** Small and grey beside the title, e.g. a count. */
  meta?: ReactNode;
  description?: ReactNode;
  /** Right-hand buttons, the main one last. */
  actions?: ReactNode;
  /** Before the title, e.g. a back link. */
  leading?: ReactNode;
  className?: string;
}

/** The 52 px bar at the top of every page; it holds the page's only h1. */
export function PageHeader({
  title,
  meta,
  description,
  actions,
  leading,
  className,
}: PageHeaderProps) {
  return (
    <header
      className={cn(
        "flex min-h-13 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2 md:px-5",
        className,
      )}
    >
      {leading}
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <h1 className="truncate text-lg font-semibold tracking-[-0.01em]">{title}</h1>
          {meta ? <span className="tabular text-sm text-muted">{meta}</span> : null}
        </div>
        {description ? <p className="text-sm text-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </header>
  );
}
