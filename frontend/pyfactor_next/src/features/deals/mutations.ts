"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import { type OnChange, useEditRecord, useTrashWithToast } from "@/features/records";
import { useSession } from "@/features/session";
import { dealKeys } from "./queries";
import type { Deal, DealMove, DealPatch, DealRow } from "./types";

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
  return useEditRecord<Deal, DealEdit>({
    kind: "deals",
    id,
    write: ({ patch, onChange }, read) =>
      djangoApi.patch("/api/crm/deals/{id}/", patch, {
        path: { id },
        version: read?.version,
        onChange,
      }),
    shown: (read, { patch, shown }) => ({ ...read, ...patch, ...shown }),
    onSaved: settle,
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

export interface MovesRequest {
  /** In the order in which they are to lie. */
  deals: readonly Pick<DealRow, "id" | "version">[];
  body: DealMove;
  onChange: OnChange;
}

/** Moves deals, all of them or none. Resolves to their versions by id. */
export function useMoveDeals() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: async ({ deals, body, onChange }: MovesRequest) => {
      const [first] = deals;
      if (first && deals.length === 1) {
        const path = { id: first.id };
        const options = { path, version: first.version, onChange };
        const saved = await djangoApi.post("/api/crm/deals/{id}/move/", body, options);
        settle(client, slug, saved);
        return new Map([[saved.id, saved.version]]);
      }
      const ids = deals.map(({ id }) => id);
      const versions = deals.map(({ version }) => version);
      const data = { ...body, ids, versions };
      const saved = await djangoApi.post("/api/crm/deals/move/", data, { onChange });
      void client.invalidateQueries({ queryKey: dealKeys.all(slug) });
      return new Map(saved.deals.map(({ id, version }) => [id, version]));
    },
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

/** To the trash and back, each with Undo. Resolve to whether it was done. */
export function useTrashDeal() {
  return useTrashWithToast({ kind: "deals", reload: reloadLists });
}
