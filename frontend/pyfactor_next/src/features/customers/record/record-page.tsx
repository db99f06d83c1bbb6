"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ChevronDown, ChevronUp } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { type RecordParts, usePageTab } from "@/features/records";
import { useSession } from "@/features/session";
import { IconButton } from "@/ui/icon-button";
import { LinkButton } from "@/ui/link-button";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { useDocumentTitle } from "@/ui/use-document-title";
import { customerQuery } from "../queries";
import type { Customer } from "../types";
import { RecordView } from "./record-view";
import { useNeighbours } from "./use-neighbours";

/** A customer's own page. `?list=` holds the view it was opened from: where Back and Next lead. */
export function RecordPage({ id, parts }: { id: string; parts: RecordParts<Customer> }) {
  const t = useTranslations("customers");
  const router = useRouter();
  const { slug } = useSession();
  const list = useSearchParams().get("list");
  const [tab, setTab] = usePageTab();
  const { place, previousId, nextId, hint } = useNeighbours(id, list);
  const { data: customer } = useQuery(customerQuery(slug, id));
  const product = useTranslations("common")("product");
  const name = customer?.display_name ?? hint?.display_name;
  useDocumentTitle(name && `${name} · ${product}`);
  const back = `/${slug}/customers${list ? `?${list}` : ""}`;
  const go = (to: string | undefined): void => {
    if (to) {
      const search = new URLSearchParams({ ...(list ? { list } : {}), ...(tab ? { tab } : {}) });
      router.push(`/${slug}/customers/${to}${search.size > 0 ? `?${search}` : ""}`);
    }
  };
  const group = t("shortcuts.record");
  useShortcut("j", () => go(nextId), { label: t("record.next"), group });
  useShortcut("k", () => go(previousId), { label: t("record.previous"), group });
  useShortcut("escape", () => router.push(back), { label: t("record.back"), group });
  return (
    <>
      <div className="flex h-13 shrink-0 items-center gap-0.5 border-b px-3 md:px-4">
        <LinkButton href={back} variant="ghost" prefetch={false}>
          <ArrowLeft aria-hidden className="size-4" />
          {t("title")}
        </LinkButton>
        <span className="flex-1" />
        {place ? (
          <span className="tabular me-1.5 text-sm text-muted">{t("record.place", place)}</span>
        ) : null}
        <IconButton
          label={t("record.previous")}
          keys="k"
          disabled={!previousId}
          onClick={() => go(previousId)}
        >
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton label={t("record.next")} keys="j" disabled={!nextId} onClick={() => go(nextId)}>
          <ChevronDown aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-8">
        <div className="mx-auto max-w-6xl">
          <RecordView
            key={id}
            id={id}
            hint={hint}
            variant="page"
            parts={parts}
            tab={tab}
            onTabChange={setTab}
            onTrashed={() => router.push(back)}
          />
        </div>
      </div>
    </>
  );
}
