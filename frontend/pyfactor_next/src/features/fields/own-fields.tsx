"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError, type Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { RecordGroup } from "./record-group";
import type { Entity, OwnField, OwnValues } from "./types";

const PATHS = { customer: "customers", contact: "contacts", deal: "deals" } as const;

interface OwnedRecord {
  id: string;
  version: number;
  custom: OwnValues;
}

interface OwnFieldsProps<R extends OwnedRecord> {
  entity: Entity;
  record: R;
  isReadOnly: boolean;
  /** Shows the record as it is now. */
  onSaved: (record: OwnedRecord) => void;
}

/** The fields that the business has added, on a record, each edited in its place. */
export function OwnFields<R extends OwnedRecord>(props: OwnFieldsProps<R>) {
  const { entity, record, isReadOnly } = props;
  return (
    <RecordGroup
      entity={entity}
      values={record.custom}
      isReadOnly={isReadOnly}
      save={useSaveOwn(props)}
    />
  );
}

interface Change {
  key: string;
  value: unknown;
  onChange: (step: Step) => void;
}

/**
 * Saves one own field of a record. A change of other fields in the meantime does not stand in its way;
 * one of this very field does. Rejects with ApiError.
 */
function useSaveOwn<R extends OwnedRecord>({ entity, record, onSaved }: OwnFieldsProps<R>) {
  const t = useTranslations("fields");
  const { slug } = useSession();
  const client = useQueryClient();
  const offerUndo = useOfferUndo();
  const kind = PATHS[entity];
  // Every kind of record keeps own fields the same way.
  const address = `/api/crm/${kind}/{id}/` as "/api/crm/customers/{id}/";
  const path = { id: record.id };
  const { mutateAsync } = useMutation({
    scope: { id: `${entity}-${record.id}` },
    networkMode: "always",
    mutationFn: async ({ key, value, onChange }: Change): Promise<R> => {
      const { version } = client.getQueryData<R>([slug, kind, "record", record.id]) ?? record;
      const send = async (known: number): Promise<R> => {
        const options = { path, version: known, onChange };
        const saved: OwnedRecord = await djangoApi.patch(
          address,
          { custom: { [key]: value } },
          options,
        );
        return saved as R;
      };
      try {
        return await send(version);
      } catch (error) {
        if (!isApiError(error) || error.status !== 412) throw error;
        const read: OwnedRecord = await djangoApi.get(address, { path });
        const now = read as R;
        onSaved(now);
        if (JSON.stringify(now.custom[key]) !== JSON.stringify(record.custom[key])) throw error;
        return send(now.version);
      }
    },
    onSuccess: (saved) => onSaved(saved),
    onSettled: () =>
      client.invalidateQueries({ queryKey: [slug, kind, "list"], refetchType: "none" }),
  });
  return async (field: OwnField, value: unknown): Promise<void> => {
    let made: Step = [];
    await mutateAsync({ key: field.key, value, onChange: (step) => (made = step) });
    toast.success(t("saved", { name: field.label }), offerUndo(made));
  };
}
