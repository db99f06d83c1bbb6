"use client";

import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Pencil, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Sortable } from "@/features/deals";
import { ApiErrorState, useSession } from "@/features/session";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { fieldsQuery } from "../queries";
import { ENTITIES, type Entity, type OwnField } from "../types";
import { useSetup } from "./use-setup";

const FieldDialog = dynamic(() => import("./field-dialog").then((m) => m.FieldDialog));

/** The fields that the business has added to its records. Admins change them. */
export function FieldsPage() {
  const t = useTranslations("fields.setup");
  const { slug, canAdminister } = useSession();
  const { data, error, refetch } = useQuery(fieldsQuery(slug));
  const { tell } = useSetup();
  const [entity, setEntity] = useState<Entity>("customer");
  const [edited, setEdited] = useState<OwnField | "new" | null>(null);
  if (error && !data) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  const fields = data?.filter((field) => field.entity === entity);
  const used = fields?.filter((field) => !field.is_archived) ?? [];
  const archived = fields?.filter((field) => field.is_archived) ?? [];
  const reorder = (ids: string[]): void => {
    const order = [...ids, ...archived.map(({ id }) => id)];
    tell(
      (api, onChange) => api.post("/api/crm/custom-fields/reorder/", { order }, { onChange }),
      t("ordered"),
    );
  };
  return (
    <div className="flex max-w-3xl flex-col gap-6 px-4 py-5 md:px-6">
      <div>
        <h2 className="text-lg font-semibold">{t("title")}</h2>
        <p className="text-sm text-muted">{t("description")}</p>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Segmented
          label={t("entity")}
          isLabelHidden
          value={entity}
          onValueChange={setEntity}
          options={ENTITIES.map((value) => ({ value, label: t(`entities.${value}`) }))}
        />
        {canAdminister ? (
          <Button variant="primary" onClick={() => setEdited("new")}>
            <Plus aria-hidden />
            {t("new")}
          </Button>
        ) : null}
      </div>
      {fields === undefined ? (
        <Skeleton className="h-40 rounded-lg" />
      ) : used.length === 0 ? (
        <p className="rounded-lg bg-sunken px-4 py-8 text-center text-sm text-muted">
          {t(canAdminister ? "none" : "noneYet")}
        </p>
      ) : (
        <Sortable
          label={t("title")}
          items={used.map((field) => ({ ...field, name: field.label }))}
          onReorder={canAdminister ? reorder : undefined}
        >
          {(field) => <FieldRow field={field} onEdit={() => setEdited(field)} />}
        </Sortable>
      )}
      {archived.length > 0 ? (
        <section className="flex flex-col gap-2">
          <h3 className="text-sm font-semibold">{t("archived")}</h3>
          <p className="text-sm text-muted">{t("archivedDescription")}</p>
          <ul className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line">
            {archived.map((field) => (
              <li key={field.id} className="flex min-h-12 items-center gap-2 px-3 py-1.5">
                <FieldRow field={field} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {edited ? (
        <FieldDialog
          entity={entity}
          field={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </div>
  );
}

function FieldRow({ field, onEdit }: { field: OwnField; onEdit?: () => void }) {
  const t = useTranslations("fields.setup");
  const tTypes = useTranslations("fields.types");
  const { canAdminister } = useSession();
  const { tell } = useSetup();
  const { id, label: name, version, is_archived: isArchived } = field;
  const toggle = (): void =>
    tell(
      (api, onChange) =>
        api.patch(
          "/api/crm/custom-fields/{id}/",
          { is_archived: !isArchived },
          { path: { id }, version, onChange },
        ),
      t(isArchived ? "restored" : "isArchived", { name }),
    );
  return (
    <>
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium" dir="auto">
          {name}
        </p>
        <p className="truncate text-xs text-muted">
          {tTypes(field.type)} · <code dir="ltr">{field.key}</code>
        </p>
      </div>
      {field.is_required ? <Badge>{t("isRequired")}</Badge> : null}
      {canAdminister ? (
        <span className="flex">
          {onEdit ? (
            <IconButton label={t("edit", { name })} size="icon-sm" onClick={onEdit}>
              <Pencil aria-hidden />
            </IconButton>
          ) : null}
          <IconButton
            label={t(isArchived ? "restore" : "archive", { name })}
            size="icon-sm"
            onClick={toggle}
          >
            {isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          </IconButton>
        </span>
      ) : null}
    </>
  );
}
