"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { AccessButton, TrashBanner } from "@/features/records";
import { useSession } from "@/features/session";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/icon-button";
import { useMoney } from "../bits";
import { useTrashDeal } from "../mutations";
import type { Deal } from "../types";

const tones = { open: "info", won: "success", lost: "danger" } as const;

interface DealHeaderProps {
  deal: Deal;
  isReadOnly: boolean;
  onTrashed: () => void;
}

export function DealHeader({ deal, isReadOnly, onTrashed }: DealHeaderProps) {
  const t = useTranslations("deals");
  const { slug } = useSession();
  const money = useMoney();
  const { trash, restore, isPending } = useTrashDeal();
  const remove = async (): Promise<void> => {
    if (await trash(deal)) onTrashed();
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
        <AccessButton resource="deals" id={deal.id} />
        {isReadOnly ? null : (
          <IconButton label={t("record.delete")} onClick={() => void remove()} busy={isPending}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </header>
      {deal.deleted_at === null ? null : (
        <TrashBanner
          text={t("trash.banner")}
          isBusy={isPending}
          onRestore={() => void restore(deal)}
        />
      )}
    </>
  );
}
