"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { ListPage, type ListResource } from "@/features/records";
import { useSession } from "@/features/session";
import { Skeleton } from "@/ui/skeleton";
import { DealCard } from "./list/card";
import { useColumns } from "./list/columns";
import { FirstUse } from "./list/empty";
import { dealsSource, nameOf } from "./list/source";
import { LayoutSwitch, PipelineFilter } from "./list/tools";
import { useWords } from "./list/use-words";
import { useTrashDeal } from "./mutations";
import { boardQueryOf, dealQuery } from "./queries";
import type { ListedDeal } from "./types";
import { useLayout } from "./use-layout";

const Board = dynamic(() => import("./board/board").then((m) => m.Board), {
  loading: () => <Skeleton aria-busy className="m-5 h-40" />,
});
const ListSums = dynamic(() => import("./list/list-sums").then((m) => m.ListSums));
const SetUpItem = dynamic(() => import("./list/set-up-item").then((m) => m.SetUpItem));

function useRestore(): (row: ListedDeal) => void {
  const { restore } = useTrashDeal();
  return (row) => void restore(row);
}

function usePrefetch(): (id: string) => void {
  const { slug } = useSession();
  const client = useQueryClient();
  return (id) => void client.prefetchQuery(dealQuery(slug, id));
}

const deals: ListResource<ListedDeal> = {
  source: dealsSource,
  useWords,
  useColumns,
  nameOf,
  Card: DealCard,
  FirstUse,
  BulkBar: dynamic(() => import("./list/deals-bulk-bar").then((m) => m.DealsBulkBar)),
  Builder: dynamic(() => import("./list/conditions-builder").then((m) => m.DealConditions)),
  CreateDialog: dynamic(() => import("./list/create").then((m) => m.CreateDeal), { ssr: false }),
  useRestore,
  usePrefetch,
  menuItems: (slug) => <SetUpItem slug={slug} />,
  canImport: false,
};

/** All deals: as a board of one pipeline, or as a list. */
export function DealsPage() {
  const { canWrite } = useSession();
  const [layout, setLayout] = useLayout();
  const [, setNew] = useQueryState("new", parseAsString);
  return (
    <ListPage
      list={deals}
      form={layout}
      onForm={setLayout}
      headerTools={({ view, query }) =>
        view.isTrash ? null : (
          <>
            {layout === "list" ? <ListSums query={query} /> : null}
            <LayoutSwitch layout={layout} onLayout={setLayout} />
          </>
        )
      }
      quickFilters={(state) => (
        <PipelineFilter {...state} isBoard={layout === "board" && !state.view.isTrash} />
      )}
      board={({ query }) => (
        <Board
          query={boardQueryOf(query)}
          onCreate={canWrite ? (stageId) => void setNew(stageId) : undefined}
        />
      )}
    />
  );
}
