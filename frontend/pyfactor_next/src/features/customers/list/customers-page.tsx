"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { type RecordParts, useSelection } from "@/features/records";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { EditById } from "../form/edit-by-id";
import type { Customer } from "../types";
import { useDebounced } from "../use-debounced";
import { useRestoreWithToast } from "../use-trash-with-toast";
import { rowId, useColumns } from "./columns";
import { ListActionsProvider } from "./list-actions";
import { ListBody } from "./list-body";
import { ListHeader } from "./list-header";
import { Toolbar } from "./toolbar";
import { useCustomerViews } from "./use-customer-views";
import { useCustomers, useCustomersQuery } from "./use-customers";
import { useListLayout } from "./use-list-layout";
import { useView } from "./use-view";
import { viewSearch } from "./view";

const ViewChips = dynamic(() => import("./view-chips").then((m) => m.ViewChips));
const CustomersBulkBar = dynamic(() =>
  import("./customers-bulk-bar").then((m) => m.CustomersBulkBar),
);
const ConditionsBuilder = dynamic(() =>
  import("./conditions-builder").then((m) => m.ConditionsBuilder),
);
const RecordPanel = dynamic(() => import("../record/record-panel").then((m) => m.RecordPanel));
// Its draft is in the browser, so the server has nothing to draw.
const CreateDialog = dynamic(() => import("../form/create-dialog").then((m) => m.CreateDialog), {
  ssr: false,
});

const SEARCH_MS = 150;

/** The row that has the keyboard's focus. */
function focusedRowId(): string | undefined {
  return document.activeElement?.closest<HTMLElement>("[data-row-id]")?.dataset["rowId"];
}

function focusRow(id: string): void {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`)?.focus(),
  );
}

export function CustomersPage({ parts }: { parts: RecordParts<Customer> }) {
  const t = useTranslations("customers");
  const router = useRouter();
  const { slug, canWrite } = useSession();
  const { view, change } = useView();
  const [openId, setOpenId] = useQueryState("open", parseAsString);
  const [isNew, setNew] = useQueryState("new", parseAsString);
  const [newName, setNewName] = useState("");
  const [isBuilding, setBuilding] = useState(false);
  const [editId, setEditId] = useState<string | null>(null);

  const q = useDebounced(view.q.trim(), SEARCH_MS);
  const query = useCustomersQuery(useMemo(() => ({ ...view, q }), [view, q]));
  const customers = useCustomers(query);
  const columns = useColumns(view.isTrash);
  const { layout, setLayout, resetLayout } = useListLayout(columns, view, change);
  const saved = useCustomerViews(view, change, columns, layout);
  const { selected, allCount, setSelected, selectAll, clearSelection } = useSelection(query, () =>
    customers.rows.map(rowId),
  );
  const { mutate: restoreRow } = useRestoreWithToast();

  const search = viewSearch({ ...view, q });
  const actions = useMemo(() => {
    const href = (id: string): string =>
      `/${slug}/customers/${id}${search ? `?list=${encodeURIComponent(search)}` : ""}`;
    return {
      open: (id: string) => void setOpenId(id, { history: "push" }),
      restore: (id: string, name: string) => restoreRow({ id, name }),
      href,
      canWrite,
    };
  }, [slug, search, setOpenId, restoreRow, canWrite]);

  const create = (name = ""): void => {
    setNewName(name);
    void setNew("1");
  };
  const group = t("shortcuts.group");
  const canChange = canWrite && !view.isTrash;
  useShortcut("c", () => create(), { label: t("new"), group, enabled: canChange });
  useShortcut("e", () => setEditId(focusedRowId() ?? null), {
    label: t("shortcuts.edit"),
    group,
    enabled: canChange,
  });
  useShortcut("escape", clearSelection, {
    label: t("bulk.clear"),
    group,
    enabled: selected.size > 0,
  });

  const step = (delta: number): void => {
    const next = customers.rows[customers.rows.findIndex((row) => row.id === openId) + delta];
    if (next) void setOpenId(next.id);
  };
  const close = (): void => {
    if (openId) focusRow(openId);
    void setOpenId(null);
  };
  const selectedIds = customers.rows.map(rowId).filter((id) => selected.has(id));

  return (
    <ListActionsProvider value={actions}>
      <div className={cn("flex min-h-0 flex-1 flex-col", openId && "xl:me-[30rem]")}>
        <ListHeader
          count={customers.count}
          isCountExact={customers.isCountExact}
          isTrash={view.isTrash}
          query={query}
          onTrash={(isTrash) => change({ isTrash, sort: [], columns: null, savedId: null })}
          onCreate={() => create()}
        />
        <Toolbar
          view={view}
          change={change}
          columns={columns}
          layout={layout}
          onLayoutChange={setLayout}
          onLayoutReset={resetLayout}
          onBuild={() => setBuilding(true)}
          saved={saved}
        />
        {view.filters.length > 0 || view.sort.length > 0 || view.conditions || saved.isModified ? (
          <ViewChips view={view} change={change} onBuild={() => setBuilding(true)} saved={saved} />
        ) : null}
        <div className="relative flex min-h-0 flex-1 flex-col">
          <ListBody
            customers={customers}
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
          {selectedIds.length > 0 ? (
            <CustomersBulkBar
              view={view}
              query={query}
              ids={selectedIds}
              allCount={allCount}
              total={customers.count}
              onSelectAll={selectAll}
              onClear={clearSelection}
            />
          ) : null}
        </div>
      </div>
      {openId ? (
        <RecordPanel
          id={openId}
          hint={customers.rows.find((row) => row.id === openId)}
          parts={parts}
          onClose={close}
          onStep={step}
          onOpenPage={() => router.push(actions.href(openId))}
        />
      ) : null}
      {isNew && canWrite ? (
        <CreateDialog
          name={newName}
          onClose={() => void setNew(null)}
          onOpen={(id) => void setOpenId(id)}
        />
      ) : null}
      {isBuilding ? (
        <ConditionsBuilder view={view} change={change} onClose={() => setBuilding(false)} />
      ) : null}
      {editId ? <EditById id={editId} onClose={() => setEditId(null)} /> : null}
    </ListActionsProvider>
  );
}
