"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { type Step, steps } from "./steps";

interface StepperProps {
  current: Step;
  /** Addresses of the stations that may be visited now. */
  links: Partial<Record<Step, string>>;
}

/** Where one is on the way from the file to the customers. A phone shows one line of it. */
export function Stepper({ current, links }: StepperProps) {
  const t = useTranslations("imports.steps");
  const at = steps.indexOf(current);
  return (
    <nav aria-label={t("label")} className="shrink-0 border-b px-4 md:px-5">
      <p className="flex h-10 items-center text-xs font-medium text-muted sm:hidden">
        {t("current", { step: at + 1, total: steps.length, name: t(current) })}
      </p>
      <ol className="hidden h-11 items-center gap-1 text-sm sm:flex">
        {steps.map((step, place) => {
          const isCurrent = place === at;
          const isDone = place < at || (isCurrent && step === "result");
          const href = isCurrent ? undefined : links[step];
          const content = (
            <>
              <span
                aria-hidden
                className={cn(
                  "tabular flex size-5 items-center justify-center rounded-full text-2xs font-semibold ring-1 ring-inset ring-field",
                  isDone && "bg-selected text-accent-ink ring-transparent",
                  isCurrent && !isDone && "bg-accent text-on-accent ring-transparent",
                )}
              >
                {isDone ? <Check strokeWidth={3} className="size-3" /> : place + 1}
              </span>
              {t(step)}
              {isDone ? <span className="sr-only">({t("done")})</span> : null}
            </>
          );
          const style = cn(
            "flex items-center gap-2 rounded-md px-2 py-1 whitespace-nowrap",
            isCurrent ? "font-medium text-ink" : "text-muted",
            href && "hover:bg-hover hover:text-ink",
          );
          return (
            <li
              key={step}
              aria-current={isCurrent ? "step" : undefined}
              className="flex items-center gap-1"
            >
              {place > 0 ? <span aria-hidden className="h-px w-3 bg-line lg:w-6" /> : null}
              {href ? (
                <Link href={href} className={style}>
                  {content}
                </Link>
              ) : (
                <span className={style}>{content}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
