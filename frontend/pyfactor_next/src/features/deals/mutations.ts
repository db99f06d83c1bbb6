"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError, type Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { dealKeys } from "./queries";
import type { Deal, DealMove, DealPatch, DealRow } from "./types";

type OnChange = (step: Step) => void;

export function reloadLists(client: QueryClient, slug: string): Promise<void> {
  return client.invalidateQueries({ queryKey: dealKeys.lists(slug) });
}

/** Shows a deal's new state on its page and has everything that lists it asked for again. */
function settle(client: QueryClient, slug: string, deal: Deal): void {
  client.setQueryData(dealKeys.record(slug, deal.id), deal);
  void reloadLists(client, slug);
}

interface DealEdit {
  patch: DealPatch;
  /** What the patch changes beside its own fields, as it is shown until the answer is there. */
  shown?: Partial<Deal>;
  onChange: OnChange;
}

/** Changes a deal: shown at once, taken back when refused. */
export function useEditDeal(id: string) {
  const { slug } = useSession();
  const client = useQueryClient();
  const key = dealKeys.record(slug, id);
  return useMutation({
    scope: { id: `deal-${id}` },
    networkMode: "always",
    mutationFn: ({ patch, onChange }: DealEdit): Promise<Deal> => {
      const version = client.getQueryData<Deal>(key)?.version;
      return djangoApi.patch("/api/crm/deals/{id}/", patch, { path: { id }, version, onChange });
    },
    onMutate: async ({ patch, shown }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Deal>(key);
      if (before) client.setQueryData(key, { ...before, ...patch, ...shown });
      return before;
    },
    onSuccess: (saved) => settle(client, slug, saved),
    onError: (_error, _edit, before) => {
      if (before) client.setQueryData(key, before);
      void client.invalidateQueries({ queryKey: key });
    },
  });
}

interface NewDeal {
  values: DealCreation;
  idempotencyKey: string;
  onChange: OnChange;
}

/** `idempotencyKey` belongs to the opened form, so a repeat cannot make two. */
export function useCreateDeal() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ values, ...options }: NewDeal) =>
      djangoApi.post("/api/crm/deals/", values, options),
    onSuccess: (created) => settle(client, slug, created),
  });
}

export type DealCreation = DealPatch & { name: string; customer: string };

export interface MoveRequest {
  deal: Pick<DealRow, "id" | "version">;
  body: DealMove;
}

export function useMoveDeal() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ deal, body }: MoveRequest): Promise<Deal> =>
      djangoApi.post("/api/crm/deals/{id}/move/", body, {
        path: { id: deal.id },
        version: deal.version,
      }),
    onSuccess: (saved) => settle(client, slug, saved),
  });
}

/** Takes the latest change of a deal back, unless the deal was changed since. */
export function useUndoDeal() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: async ({ id, version }: Pick<DealRow, "id" | "version">): Promise<boolean> => {
      const path = { id };
      const { version: now } = await djangoApi.get("/api/crm/deals/{id}/", { path });
      const { results } = await djangoApi.get("/api/crm/deals/{id}/history/", { path });
      const [latest] = results;
      if (now !== version || !latest) return false;
      await djangoApi.post("/api/changes/{id}/undo/", undefined, {
        path: { id: latest.change_set },
      });
      return true;
    },
    onSettled: (_done, _error, { id }) => {
      void client.invalidateQueries({ queryKey: dealKeys.record(slug, id) });
      return reloadLists(client, slug);
    },
  });
}

type Named = Pick<DealRow, "id" | "version" | "name">;

async function trash({ id, version }: Named, onChange: OnChange): Promise<void> {
  try {
    await djangoApi.delete("/api/crm/deals/{id}/", { path: { id }, version, onChange });
  } catch (error) {
    // It can be restored with whatever was changed in the meantime.
    const current = isApiError(error) ? error.problem?.["current_version"] : undefined;
    if (typeof current !== "number") throw error;
    await djangoApi.delete("/api/crm/deals/{id}/", { path: { id }, version: current, onChange });
  }
}

/** To the trash and back, each with Undo. Resolve to whether it was done. */
export function useTrashWithToast() {
  const t = useTranslations("deals.trash");
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
      void client.invalidateQueries({ queryKey: dealKeys.record(slug, id) });
      void reloadLists(client, slug);
      return true;
    } catch (error) {
      showError(error, t(said.failed, { name }));
      return false;
    }
  };
  return {
    isPending,
    trash: (deal: Named) =>
      run(deal, (onChange) => trash(deal, onChange), { done: "trashed", failed: "failed" }),
    restore: (deal: Named) =>
      run(
        deal,
        (onChange) =>
          djangoApi.post("/api/crm/deals/{id}/restore/", undefined, {
            path: { id: deal.id },
            onChange,
          }),
        { done: "restored", failed: "restoreFailed" },
      ),
  };
}
