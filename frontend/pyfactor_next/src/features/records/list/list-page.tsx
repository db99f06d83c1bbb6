"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { useEventCallback } from "@/ui/use-event-callback";
import type { ListResource, ListWords } from "../resource";
import type { ListQuery, ListRow } from "../source";
import { useDebounced } from "../use-debounced";
import { useListLayout } from "../view/use-list-layout";
import { type Form, useListViews } from "../view/use-list-views";
import { useView } from "../view/use-view";
import { type View, viewSearch } from "../view/view";
import { type ListActions, ListActionsProvider } from "./list-actions";
import { ListBody, rowId } from "./list-body";
import { ListHeader } from "./list-header";
import { Toolbar } from "./toolbar";
import { type Rows, useListQuery, useRows } from "./use-rows";
import { useSelection } from "./use-selection";

const ViewChips = dynamic(() => import("../view/view-chips").then((m) => m.ViewChips));

const SEARCH_MS = 150;

/** What a page that shows a list otherwise is told. */
export interface ListState {
  words: ListWords;
  view: View;
  change: (part: Partial<View>) => void;
  query: ListQuery;
}

interface ListPageProps<Row extends ListRow> {
  list: ListResource<Row>;
  /** The record that is open beside the list. */
  openId?: string | null;
  /** Absent: records open on their pages. */
  onOpen?: (id: string) => void;
  /** What stands beside the list while a record is open. */
  panel?: (rows: readonly Row[], href: (id: string) => string) => ReactNode;
  /** In place of rows. */
  form?: Form;
  onForm?: (form: Form) => void;
  board?: (state: ListState) => ReactNode;
  headerTools?: (state: ListState) => ReactNode;
  quickFilters?: (state: ListState) => ReactNode;
}

/** The row that has the keyboard's focus. */
function focusedRowId(): string | undefined {
  return document.activeElement?.closest<HTMLElement>("[data-row-id]")?.dataset["rowId"];
}

/** All records of a kind: searched, narrowed, ordered, arranged, selected, edited. */
export function ListPage<Row extends ListRow>(props: ListPageProps<Row>) {
  const { list, openId, panel, form = "list", board } = props;
  const { spec } = list.source;
  const t = useTranslations("records");
  const words = list.useWords();
  const { slug, canWrite } = useSession();
  const { view, change } = useView(spec);
  const [isNew, setNew] = useQueryState("new", parseAsString);
  const [newName, setNewName] = useState("");
  const [isBuilding, setBuilding] = useState(false);
  const [editId, setEditId] = useState<string | null>(null);
  const isBoard = board !== undefined && form === "board" && !view.isTrash;

  const q = useDebounced(view.q.trim(), SEARCH_MS);
  const query = useListQuery(
    spec,
    useMemo(() => ({ ...view, q }), [view, q]),
  );
  const rows = useRows(list.source, query, !isBoard);
  const columns = list.useColumns(view.isTrash);
  const { layout, setLayout, resetLayout } = useListLayout(spec.path, columns, view, change);
  const saved = useListViews({ spec, view, change, columns, layout, form, onForm: props.onForm });
  const { selected, allCount, setSelected, selectAll, clearSelection } = useSelection(query, () =>
    rows.rows.map(rowId),
  );
  const actions = useActions(list, rows, viewSearch(spec, { ...view, q }), props.onOpen);
  const create = (name = ""): void => {
    setNewName(name);
    void setNew("1");
  };
  const group = words.title;
  const canChange = canWrite && !view.isTrash;
  const { EditDialog } = list;
  useShortcut("c", () => create(), { label: words.create, group, enabled: canChange });
  useShortcut("e", () => setEditId(focusedRowId() ?? null), {
    label: t("list.editFocused"),
    group,
    enabled: canChange && EditDialog !== undefined && !isBoard,
  });
  useShortcut("escape", clearSelection, {
    label: t("bulk.clear"),
    group,
    enabled: selected.size > 0,
  });
  const selectedIds = rows.rows.map(rowId).filter((id) => selected.has(id));
  const state: ListState = { words, view, change, query };
  const toolbar = { spec, words, view, change, saved, onBuild: () => setBuilding(true) };
  const isNarrowedOrSorted =
    view.filters.length > 0 || view.sort.length > 0 || view.conditions !== null;
  return (
    <ListActionsProvider value={actions}>
      <div className={cn("flex min-h-0 flex-1 flex-col", openId && "xl:me-[30rem]")}>
        <ListHeader
          words={words}
          path={spec.path}
          count={isBoard ? undefined : rows.count}
          isCountExact={rows.isCountExact}
          isTrash={view.isTrash}
          query={query}
          canImport={list.canImport}
          onTrash={(isTrash) => change({ isTrash, sort: [], columns: null, savedId: null })}
          onCreate={() => create()}
          menuItems={list.menuItems?.(slug)}
        >
          {props.headerTools?.(state)}
        </ListHeader>
        <Toolbar
          {...toolbar}
          columns={isBoard ? NO_COLUMNS : columns}
          layout={layout}
          onLayoutChange={setLayout}
          onLayoutReset={resetLayout}
        >
          {props.quickFilters?.(state)}
        </Toolbar>
        {isNarrowedOrSorted || saved.isModified ? <ViewChips {...toolbar} /> : null}
        <div className="relative flex min-h-0 flex-1 flex-col">
          {isBoard ? (
            board(state)
          ) : (
            <ListBody
              list={list}
              words={words}
              rows={rows}
              view={view}
              change={change}
              columns={columns}
              layout={layout}
              onLayoutChange={setLayout}
              selected={selected}
              onSelect={canWrite ? setSelected : undefined}
              activeId={openId ?? undefined}
              onCreate={canWrite ? create : undefined}
            />
          )}
          {!isBoard && selectedIds.length > 0 ? (
            <list.BulkBar
              query={query}
              ids={selectedIds}
              allCount={allCount}
              total={rows.count}
              isTrash={view.isTrash}
              onSelectAll={selectAll}
              onClear={clearSelection}
            />
          ) : null}
        </div>
      </div>
      {panel?.(rows.rows, actions.href)}
      {isNew && canWrite ? (
        <list.CreateDialog
          name={newName}
          from={isNew}
          view={view}
          onClose={() => void setNew(null)}
          // The address is written first: a late write would take the new page back.
          onOpen={(id) => void setNew(null).then(() => actions.open(id))}
        />
      ) : null}
      {isBuilding ? (
        <list.Builder view={view} change={change} onClose={() => setBuilding(false)} />
      ) : null}
      {editId && EditDialog ? <EditDialog id={editId} onClose={() => setEditId(null)} /> : null}
    </ListActionsProvider>
  );
}

const NO_COLUMNS = [] as const;

function useActions<Row extends ListRow>(
  list: ListResource<Row>,
  rows: Rows<Row>,
  search: string,
  onOpen: ((id: string) => void) | undefined,
): ListActions {
  const { slug, canWrite } = useSession();
  const { push } = useRouter();
  const restoreRow = list.useRestore();
  const prefetch = list.usePrefetch();
  const { path } = list.source.spec;
  // Cells are drawn again when these change, so they must not change with the rows.
  const restore = useEventCallback((id: string) => {
    const row = rows.rows.find((each) => each.id === id);
    if (row) restoreRow(row);
  });
  const open = useEventCallback((id: string, href: string) => (onOpen ? onOpen(id) : push(href)));
  const load = useEventCallback(prefetch);
  return useMemo(() => {
    const href = (id: string): string =>
      `/${slug}/${path}/${id}${search ? `?list=${encodeURIComponent(search)}` : ""}`;
    return { open: (id) => open(id, href(id)), restore, href, prefetch: load, canWrite };
  }, [slug, path, search, open, restore, load, canWrite]);
}
