"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/ui/icon-button";
import { Progress } from "@/ui/progress";
import type { Told } from "./tray";

export interface JobItemProps {
  id: string;
  /** Says how far it is; undefined when it is gone from the tray. */
  onTold: (id: string, told: Told | undefined) => void;
  onDismiss: () => void;
}

interface JobRowProps extends JobItemProps {
  name: string;
  state: string;
  isRunning: boolean;
  isFailed?: boolean;
  done?: number;
  total?: number;
  /** Ways to the result and back. */
  children: ReactNode;
}

/** One line of the tray: what it is, how far it is, and what can be done with it. */
export function JobRow(props: JobRowProps) {
  const { id, onTold, onDismiss, name, state, isRunning, isFailed = false, children } = props;
  const t = useTranslations("shell.jobs");
  const text = t("said", { name, state });
  useEffect(() => {
    onTold(id, { text, isRunning });
    return () => onTold(id, undefined);
  }, [id, text, isRunning, onTold]);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm md:px-5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium" dir="auto" title={name}>
          {name}
        </p>
        {isRunning ? (
          <Progress label={state} done={props.done ?? 0} total={props.total ?? 0} />
        ) : (
          <p className={isFailed ? "text-danger-ink" : "text-muted"}>{state}</p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {children}
        {isRunning ? null : (
          <IconButton label={t("dismiss", { name })} size="icon-sm" onClick={onDismiss}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
    </li>
  );
}
