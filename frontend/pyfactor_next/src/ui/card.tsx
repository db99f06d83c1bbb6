import type { ReactNode } from "react";
import { cn } from "./cn";

interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  /** Buttons below a line at the bottom. */
  footer?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A framed section of a settings page or wizard. */
export function Card({ title, description, footer, className, children }: CardProps) {
  return (
    <section className={cn("overflow-hidden rounded-lg bg-raised ring-1 ring-line", className)}>
      {title ? (
        <div className="px-5 pt-4">
          <h2 className="text-base font-semibold">{title}</h2>
          {description ? <p className="mt-0.5 text-sm text-muted">{description}</p> : null}
        </div>
      ) : null}
      <div className="px-5 py-4">{children}</div>
      {footer ? (
        <div className="flex flex-wrap items-center justify-end gap-2 border-t bg-surface px-5 py-3">
          {footer}
        </div>
      ) : null}
    </section>
  );
}
