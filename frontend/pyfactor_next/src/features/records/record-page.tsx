"use client";

import { ArrowLeft, ChevronDown, ChevronUp } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { IconButton } from "@/ui/icon-button";
import { LinkButton } from "@/ui/link-button";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { useDocumentTitle } from "@/ui/use-document-title";
import type { FrameTab } from "./record-frame";
import type { ListRow, ListSource } from "./source";
import { useNeighbours } from "./use-neighbours";
import { usePageTab } from "./use-page-tab";

const StarButton = dynamic(() => import("@/features/favourites").then((m) => m.StarButton));

interface PageContent<Row> {
  tab: FrameTab | null;
  onTabChange: (tab: FrameTab) => void;
  /** The row as its list has it, while the record loads. */
  hint: Row | undefined;
  /** To the list that it was opened from. */
  leave: () => void;
}

interface RecordPageProps<Row extends ListRow> {
  source: ListSource<Row>;
  id: string;
  /** Of the list. */
  title: string;
  /** The record's own; undefined until it is known. */
  name: string | undefined;
  nameOf: (row: Row) => string;
  children: (content: PageContent<Row>) => ReactNode;
}

/** A record's own page. `?list=` holds the view it was opened from: where Back and Next lead. */
export function RecordPage<Row extends ListRow>(props: RecordPageProps<Row>) {
  const { source, id, title, nameOf, children } = props;
  const t = useTranslations("records.page");
  const router = useRouter();
  const { slug } = useSession();
  const list = useSearchParams().get("list");
  const [tab, setTab] = usePageTab();
  const { place, previousId, nextId, hint } = useNeighbours(source, id, list);
  const product = useTranslations("common")("product");
  const name = props.name ?? (hint && nameOf(hint));
  useDocumentTitle(name && `${name} · ${product}`);
  const address = `/${slug}/${source.spec.path}`;
  const back = `${address}${list ? `?${list}` : ""}`;
  const go = (to: string | undefined): void => {
    if (to) {
      const search = new URLSearchParams({ ...(list ? { list } : {}), ...(tab ? { tab } : {}) });
      router.push(`${address}/${to}${search.size > 0 ? `?${search}` : ""}`);
    }
  };
  const group = t("shortcuts");
  useShortcut("j", () => go(nextId), { label: t("next"), group });
  useShortcut("k", () => go(previousId), { label: t("previous"), group });
  useShortcut("escape", () => router.push(back), { label: t("back"), group });
  return (
    <>
      <div className="flex h-13 shrink-0 items-center gap-0.5 border-b px-3 md:px-4">
        <LinkButton href={back} variant="ghost" prefetch={false}>
          <ArrowLeft aria-hidden className="size-4" />
          {title}
        </LinkButton>
        <span className="flex-1" />
        {place ? (
          <span className="tabular me-1.5 text-sm text-muted">{t("place", place)}</span>
        ) : null}
        <StarButton kind={source.spec.entity} id={id} />
        <IconButton
          label={t("previous")}
          keys="k"
          disabled={!previousId}
          onClick={() => go(previousId)}
        >
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton label={t("next")} keys="j" disabled={!nextId} onClick={() => go(nextId)}>
          <ChevronDown aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-5 md:px-8">
        <div className="mx-auto max-w-7xl">
          {children({ tab, onTabChange: setTab, hint, leave: () => router.push(back) })}
        </div>
      </div>
    </>
  );
}
