"use client";

import { Plus, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSelection } from "@/features/records";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { useTableLayout } from "@/ui/data-table/use-table-layout";
import { PageHeader } from "@/ui/page-header";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { useColumns } from "./list/columns";
import { type Contacts, ListBody, rowId, useContacts } from "./list/list-body";
import { Toolbar } from "./list/toolbar";
import { useContactViews } from "./list/use-contact-views";
import { queryOf, useContactsView, type View } from "./list/use-contacts-view";
import { useSettled } from "./use-settled";

const ContactsBulkBar = dynamic(() =>
  import("./list/contacts-bulk-bar").then((m) => m.ContactsBulkBar),
);
const ConditionsBuilder = dynamic(() =>
  import("./list/conditions-builder").then((m) => m.ConditionsBuilder),
);
const CreateDialog = dynamic(() => import("./form/create-dialog").then((m) => m.CreateDialog), {
  ssr: false,
});

/** All contacts of the business. */
export function ContactsPage() {
  const t = useTranslations("contacts");
  const router = useRouter();
  const { slug, canWrite } = useSession();
  const { view, change } = useContactsView();
  const [isNew, setNew] = useQueryState("new", parseAsString);
  const [newName, setNewName] = useState("");
  const [isBuilding, setBuilding] = useState(false);
  const q = useSettled(view.q.trim());
  const query = useMemo(() => queryOf(view, q), [view, q]);
  const contacts = useContacts(query);
  const columns = useColumns(view.isTrash);
  const [layout, setLayout, resetLayout] = useTableLayout(
    `${slug}.contacts${view.isTrash ? ".trash" : ""}`,
    columns,
  );
  const saved = useContactViews({ view, change, columns, layout, setLayout });
  const { selected, allCount, setSelected, selectAll, clearSelection } = useSelection(query, () =>
    contacts.rows.map(rowId),
  );
  const create = (name = ""): void => {
    setNewName(name);
    void setNew("1");
  };
  const canCreate = canWrite && !view.isTrash;
  const group = t("shortcuts.group");
  useShortcut("c", () => create(), { label: t("new"), group, enabled: canCreate });
  useShortcut("f", () => setBuilding(true), { label: t("filter"), group });
  const selectedIds = contacts.rows.map(rowId).filter((id) => selected.has(id));
  return (
    <>
      <Header
        contacts={contacts}
        view={view}
        change={change}
        onCreate={canCreate ? () => create() : undefined}
      />
      <Toolbar
        view={view}
        change={change}
        columns={columns}
        layout={layout}
        onLayoutChange={setLayout}
        onLayoutReset={resetLayout}
        saved={saved}
        onBuild={() => setBuilding(true)}
      />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <ListBody
          contacts={contacts}
          view={view}
          change={change}
          columns={columns}
          layout={layout}
          onLayoutChange={setLayout}
          selected={selected}
          onSelect={canWrite ? setSelected : undefined}
          onCreate={canCreate ? create : undefined}
        />
        {selectedIds.length > 0 ? (
          <ContactsBulkBar
            view={view}
            query={query}
            ids={selectedIds}
            allCount={allCount}
            total={contacts.count}
            onSelectAll={selectAll}
            onClear={clearSelection}
          />
        ) : null}
      </div>
      {isNew && canWrite ? (
        <CreateDialog
          name={newName}
          onClose={() => void setNew(null)}
          // The address is written first: a late write would take the new page back.
          onOpen={(id) => void setNew(null).then(() => router.push(`/${slug}/contacts/${id}`))}
        />
      ) : null}
      {isBuilding ? (
        <ConditionsBuilder
          conditions={view.conditions}
          onApply={(conditions) => change({ conditions })}
          onClose={() => setBuilding(false)}
        />
      ) : null}
    </>
  );
}

interface HeaderProps {
  contacts: Contacts;
  view: View;
  change: (part: Partial<View>) => void;
  /** Absent where nothing may be created. */
  onCreate: (() => void) | undefined;
}

function Header({ contacts, view, change, onCreate }: HeaderProps) {
  const t = useTranslations("contacts");
  const format = useFormatter();
  const { count, isCountExact } = contacts;
  const { isTrash } = view;
  return (
    <PageHeader
      title={isTrash ? t("trash.title") : t("title")}
      meta={
        count === undefined ? null : (
          <span aria-live="polite">
            {isCountExact ? format.number(count) : t("moreThan", { count: format.number(count) })}
          </span>
        )
      }
      actions={
        <>
          <Button
            variant="ghost"
            aria-pressed={isTrash}
            className={cn(isTrash && "bg-selected text-accent-ink")}
            onClick={() => change({ isTrash: !isTrash, sort: [], savedId: null })}
          >
            <Trash2 aria-hidden />
            <span className="max-sm:sr-only">{t("trashToggle")}</span>
          </Button>
          {onCreate ? (
            <Button variant="primary" onClick={onCreate}>
              <Plus aria-hidden />
              <span className="max-sm:sr-only">{t("new")}</span>
            </Button>
          ) : null}
        </>
      }
    />
  );
}
