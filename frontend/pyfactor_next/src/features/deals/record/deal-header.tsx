"use client";

import { RotateCcw, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { toast } from "@/ui/toast";
import { useMoney } from "../bits";
import { useRestoreDeal, useTrashDeal } from "../mutations";
import type { Deal } from "../types";

const tones = { open: "info", won: "success", lost: "danger" } as const;

interface DealHeaderProps {
  deal: Deal;
  isReadOnly: boolean;
  canWrite: boolean;
  onTrashed: () => void;
}

export function DealHeader({ deal, isReadOnly, canWrite, onTrashed }: DealHeaderProps) {
  const t = useTranslations("deals");
  const { slug } = useSession();
  const money = useMoney();
  const showError = useErrorToast();
  const trash = useTrashDeal();
  const restore = useRestoreDeal();
  const bringBack = (): void =>
    restore.mutate(deal.id, {
      onSuccess: () => toast.success(t("trash.restored", { name: deal.name })),
      onError: (error) => showError(error, t("trash.restoreFailed", { name: deal.name })),
    });
  const remove = (): void => {
    void trash.mutateAsync(deal).then(
      () => {
        toast.success(t("trash.trashed", { name: deal.name }), {
          undo: { label: t("undo"), run: bringBack },
        });
        onTrashed();
      },
      (error: unknown) => showError(error, t("trash.failed", { name: deal.name })),
    );
  };
  return (
    <>
      <header className="flex items-start gap-3">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <h1 className="text-xl font-semibold tracking-[-0.01em] break-words">{deal.name}</h1>
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-muted">
            <span className="tabular">{deal.deal_number}</span>
            <Link
              href={`/${slug}/customers/${deal.customer}`}
              prefetch={false}
              className="text-ink underline-offset-4 hover:underline"
            >
              {deal.customer_name}
            </Link>
            {deal.amount === null ? null : (
              <span className="tabular font-medium text-ink">
                {money(deal.amount, deal.currency)}
              </span>
            )}
            <Badge tone={tones[deal.category]}>{t(`categories.${deal.category}`)}</Badge>
          </p>
        </div>
        {isReadOnly ? null : (
          <IconButton label={t("record.delete")} onClick={remove} busy={trash.isPending}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </header>
      {deal.deleted_at === null ? null : (
        <div className="flex flex-wrap items-center gap-3 rounded-lg bg-danger-soft px-3.5 py-2.5 text-sm text-danger-ink">
          <Trash2 aria-hidden className="size-4 shrink-0" />
          <p className="min-w-0 flex-1">{t("trash.banner")}</p>
          {canWrite ? (
            <Button size="sm" busy={restore.isPending} onClick={bringBack}>
              <RotateCcw aria-hidden />
              {t("trash.restore")}
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}
