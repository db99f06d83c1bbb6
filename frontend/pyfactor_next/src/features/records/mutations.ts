"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError, type Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";

export type OnChange = (step: Step) => void;

type Kind = "customers" | "contacts" | "deals";

interface Versioned {
  id: string;
  version: number;
}

/**
 * Moves a record to the trash. One that was changed in the meantime goes there all the same: it can
 * be restored with the change.
 */
export async function trashRecord(
  kind: Kind,
  { id, version }: Versioned,
  onChange?: OnChange,
): Promise<void> {
  const remove = (seen: number): Promise<unknown> =>
    djangoApi.delete(`/api/crm/${kind}/{id}/`, { path: { id }, version: seen, onChange });
  try {
    await remove(version);
  } catch (error) {
    if (!isApiError(error) || error.status !== 412) throw error;
    const current = error.problem?.["current_version"];
    if (typeof current !== "number") throw error;
    await remove(current);
  }
}

interface TrashOptions {
  kind: "contacts" | "deals";
  /** Has what lists such records asked for again. */
  reload: (client: QueryClient, slug: string) => Promise<void>;
}

interface Named extends Versioned {
  name: string;
}

/** To the trash and back, each with Undo. Resolve to whether it was done. */
export function useTrashWithToast({ kind, reload }: TrashOptions) {
  const t = useTranslations(`${kind}.trash`);
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const { mutateAsync, isPending } = useMutation({
    networkMode: "always",
    mutationFn: (write: () => Promise<unknown>) => write(),
  });
  const run = async (
    { id, name }: Named,
    write: (onChange: OnChange) => Promise<unknown>,
    said: { done: "trashed" | "restored"; failed: "failed" | "restoreFailed" },
  ): Promise<boolean> => {
    let made: Step = [];
    try {
      await mutateAsync(() => write((step) => (made = step)));
      toast.success(t(said.done, { name }), offerUndo(made));
      void client.invalidateQueries({ queryKey: [slug, kind, "record", id] });
      void reload(client, slug);
      return true;
    } catch (error) {
      showError(error, t(said.failed, { name }));
      return false;
    }
  };
  return {
    isPending,
    trash: (record: Named) =>
      run(record, (onChange) => trashRecord(kind, record, onChange), {
        done: "trashed",
        failed: "failed",
      }),
    restore: (record: Named) =>
      run(
        record,
        (onChange) =>
          djangoApi.post(`/api/crm/${kind}/{id}/restore/`, undefined, {
            path: { id: record.id },
            onChange,
          }),
        { done: "restored", failed: "restoreFailed" },
      ),
  };
}

interface EditOptions<Saved, Edit> {
  kind: "contacts" | "deals";
  id: string;
  /** read: the record on screen, where there is one. */
  write: (edit: Edit, read: Saved | undefined) => Promise<Saved>;
  /** The record as it is shown until the answer is there. */
  shown: (read: Saved, edit: Edit) => Saved;
  onSaved: (client: QueryClient, slug: string, saved: Saved) => void;
}

/** Changes a record, one edit after the other: shown at once, taken back when refused. */
export function useEditRecord<Saved, Edit>(options: EditOptions<Saved, Edit>) {
  const { kind, id, write, shown, onSaved } = options;
  const { slug } = useSession();
  const client = useQueryClient();
  const key = [slug, kind, "record", id];
  return useMutation({
    scope: { id: `${kind.slice(0, -1)}-${id}` },
    networkMode: "always",
    mutationFn: (edit: Edit) => write(edit, client.getQueryData<Saved>(key)),
    onMutate: async (edit) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Saved>(key);
      if (before) client.setQueryData<Saved>(key, shown(before, edit));
      return before;
    },
    onSuccess: (saved) => onSaved(client, slug, saved),
    onError: (_error, _edit, before) => {
      if (before) client.setQueryData<Saved>(key, before);
      void client.invalidateQueries({ queryKey: key });
    },
  });
}
