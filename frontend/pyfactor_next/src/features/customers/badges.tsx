"use client";

import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "@/ui/badge";
import { cn } from "@/ui/cn";
import type { Customer } from "./types";

const stageTones: Record<Customer["stage"], BadgeTone> = {
  lead: "info",
  prospect: "violet",
  customer: "success",
  former: "neutral",
  partner: "warning",
  other: "neutral",
};

export function StageBadge({ stage }: { stage: Customer["stage"] }) {
  const t = useTranslations("customers.stages");
  return <Badge tone={stageTones[stage]}>{t(stage)}</Badge>;
}

const statusDots: Record<Customer["status"], string> = {
  active: "bg-success-ink",
  inactive: "bg-line-strong",
  blocked: "bg-danger",
};

export function StatusText({ status }: { status: Customer["status"] }) {
  const t = useTranslations("customers.statuses");
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={cn("size-1.5 rounded-full", statusDots[status])} />
      {t(status)}
    </span>
  );
}
