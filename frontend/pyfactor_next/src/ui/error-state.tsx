"use client";

import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

interface ErrorStateProps {
  title?: string;
  /** What went wrong and what to do. */
  description?: ReactNode;
  /** Shown with a copy button, to be quoted when asking for help. */
  requestId?: string | undefined;
  onRetry?: (() => void) | undefined;
  isRetrying?: boolean;
  className?: string;
}

/** Stands where content could not be loaded. */
export function ErrorState(props: ErrorStateProps) {
  const t = useTranslations("ui.error");
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-col items-center justify-center px-6 py-16 text-center",
        props.className,
      )}
    >
      <div
        aria-hidden
        className="mb-4 flex size-11 items-center justify-center rounded-xl bg-danger-soft text-danger-ink"
      >
        <TriangleAlert className="size-5" />
      </div>
      <h2 className="text-lg font-semibold">{props.title ?? t("title")}</h2>
      <p className="mt-1 max-w-md text-sm text-muted">{props.description ?? t("description")}</p>
      {props.onRetry ? (
        <Button className="mt-5" onClick={props.onRetry} busy={props.isRetrying ?? false}>
          {t("retry")}
        </Button>
      ) : null}
      {props.requestId ? (
        <div className="mt-4 flex max-w-full items-center gap-1 text-xs text-muted">
          <span className="truncate">
            {t("reference")} <code className="font-mono">{props.requestId}</code>
          </span>
          <CopyButton text={props.requestId} label={t("copyReference")} />
        </div>
      ) : null}
    </div>
  );
}
