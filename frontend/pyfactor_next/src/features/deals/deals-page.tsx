"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Ellipsis, Kanban, List, Plus, Search, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { lazy } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Input } from "@/ui/input";
import { Later } from "@/ui/later";
import { PageHeader } from "@/ui/page-header";
import { Segmented } from "@/ui/segmented";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { Skeleton } from "@/ui/skeleton";
import { pipelinesQuery } from "./queries";
import { type Filters, useFilters, useSettled } from "./use-filters";

const Board = dynamic(() => import("./board/board").then((m) => m.Board), {
  loading: () => <Skeleton aria-busy className="m-5 h-40" />,
});
const DealsList = dynamic(() => import("./list/deals-list").then((m) => m.DealsList), {
  loading: () => <Skeleton aria-busy className="m-5 h-40" />,
});
const CreateDialog = dynamic(() => import("./form/create-dialog").then((m) => m.CreateDialog), {
  ssr: false,
});
const PageMenu = lazy(() => import("./page-menu"));
const PipelineMenu = lazy(() => import("./pipeline-menu"));

/** All deals: as a board of one pipeline, or as a list. */
export function DealsPage() {
  const t = useTranslations("deals");
  const router = useRouter();
  const { slug, canWrite } = useSession();
  const { filters, setFilters, layout, setLayout } = useFilters();
  // "1": in the usual stage; otherwise the stage's id.
  const [isNew, setNew] = useQueryState("new", parseAsString);
  const q = useSettled(filters.q.trim());
  const group = t("shortcuts.group");
  const canCreate = canWrite && !filters.trashed;
  useShortcut("c", () => void setNew("1"), { label: t("new"), group, enabled: canCreate });

  const query = {
    ...(q ? { q } : {}),
    ...(filters.mine ? { owner: "me" } : {}),
    ...(filters.pipeline ? { pipeline: filters.pipeline } : {}),
  };
  const isBoard = layout === "board" && !filters.trashed;
  return (
    <>
      <PageHeader
        title={filters.trashed ? t("trash.title") : t("title")}
        actions={
          <>
            <div className="max-sm:hidden">
              <Segmented
                label={t("layout.label")}
                isLabelHidden
                value={layout}
                onValueChange={setLayout}
                options={[
                  { value: "board", label: t("layout.board"), icon: <Kanban aria-hidden /> },
                  { value: "list", label: t("layout.list"), icon: <List aria-hidden /> },
                ]}
              />
            </div>
            <Later face={(press) => <MenuFace {...press} />}>
              {(wasPressed) => (
                <PageMenu
                  isOpenAtFirst={wasPressed}
                  layout={layout}
                  onLayout={setLayout}
                  isTrash={filters.trashed}
                  onTrash={(trashed) => void setFilters({ trashed, category: null, sort: "" })}
                  query={query}
                />
              )}
            </Later>
            {canCreate ? (
              <Button variant="primary" onClick={() => void setNew("1")}>
                <Plus aria-hidden />
                {t("new")}
              </Button>
            ) : null}
          </>
        }
      />
      <Toolbar filters={filters} setFilters={setFilters} isBoard={isBoard} />
      {isBoard ? (
        <Board query={query} onCreate={canCreate ? (id) => void setNew(id) : undefined} />
      ) : (
        <DealsList
          query={query}
          filters={filters}
          onSort={(sort) => void setFilters({ sort })}
          onClear={() => void setFilters({ q: "", mine: false, category: null, pipeline: "" })}
          onCreate={canCreate ? () => void setNew("1") : undefined}
        />
      )}
      {isNew && canWrite ? (
        <CreateDialog
          stageId={isNew === "1" ? null : isNew}
          pipelineId={filters.pipeline || null}
          onClose={() => void setNew(null)}
          // The address is written first: a late write would take the new page back.
          onOpen={(id) => void setNew(null).then(() => router.push(`/${slug}/deals/${id}`))}
        />
      ) : null}
    </>
  );
}

function MenuFace(press: { onClick?: () => void }) {
  const t = useTranslations("deals");
  return (
    <IconButton label={t("menu.label")} {...press}>
      <Ellipsis aria-hidden />
    </IconButton>
  );
}

interface ToolbarProps {
  filters: Filters;
  setFilters: (part: Partial<Filters>) => unknown;
  isBoard: boolean;
}

/** Search, whose deals, which pipeline; in the list also open, won or lost. */
function Toolbar({ filters, setFilters, isBoard }: ToolbarProps) {
  const t = useTranslations("deals");
  const { slug } = useSession();
  const { data: pipelines = [] } = useQuery(pipelinesQuery(slug));
  const inUse = pipelines.filter((each) => !each.is_archived || each.id === filters.pipeline);
  const chosen =
    pipelines.find(({ id }) => id === filters.pipeline) ??
    (isBoard ? pipelines.find((each) => each.is_default) : undefined);
  const name = chosen?.name ?? t("pipeline.all");
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b px-4 py-1.5 md:px-5">
      <div className="relative min-w-40 flex-1 sm:max-w-64">
        <Search
          aria-hidden
          className="absolute top-1/2 inset-s-2.5 size-4 -translate-y-1/2 text-faint"
        />
        <Input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={filters.q}
          onChange={(event) => void setFilters({ q: event.target.value })}
          className="ps-8 [&::-webkit-search-cancel-button]:hidden"
        />
        {filters.q ? (
          <IconButton
            label={t("clearSearch")}
            size="icon-sm"
            className="absolute top-1/2 inset-e-1 -translate-y-1/2"
            onClick={() => void setFilters({ q: "" })}
          >
            <X aria-hidden />
          </IconButton>
        ) : null}
      </div>
      <Button
        variant="ghost"
        aria-pressed={filters.mine}
        className={filters.mine ? "bg-selected text-accent-ink" : ""}
        onClick={() => void setFilters({ mine: !filters.mine })}
      >
        {t("mine")}
      </Button>
      {inUse.length > 1 ? (
        <Later face={(press) => <PipelineFace name={name} {...press} />}>
          {(wasPressed) => (
            <PipelineMenu
              isOpenAtFirst={wasPressed}
              trigger={<PipelineFace name={name} />}
              pipelines={inUse}
              value={chosen?.id ?? ""}
              hasAll={!isBoard}
              onChoose={(pipeline) => void setFilters({ pipeline })}
            />
          )}
        </Later>
      ) : null}
      {isBoard || filters.trashed
        ? null
        : (["open", "won", "lost"] as const).map((category) => (
            <Button
              key={category}
              variant="ghost"
              aria-pressed={filters.category === category}
              className={filters.category === category ? "bg-selected text-accent-ink" : ""}
              onClick={() =>
                void setFilters({ category: filters.category === category ? null : category })
              }
            >
              {t(`categories.${category}`)}
            </Button>
          ))}
    </div>
  );
}

function PipelineFace({ name, ...rest }: { name: string } & React.ComponentProps<typeof Button>) {
  const t = useTranslations("deals.pipeline");
  return (
    <Button variant="ghost" aria-label={t("choose", { name })} {...rest}>
      {name}
      <ChevronDown aria-hidden />
    </Button>
  );
}
