"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { djangoApi, isApiError } from "@/api";
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

export function useEditDeal(id: string) {
  const { slug } = useSession();
  const client = useQueryClient();
  const key = dealKeys.record(slug, id);
  return useMutation({
    scope: { id: `deal-${id}` },
    networkMode: "always",
    mutationFn: ({ patch }: { patch: DealPatch; shown?: Partial<Deal> }): Promise<Deal> => {
      const version = client.getQueryData<Deal>(key)?.version;
      return djangoApi.patch("/api/crm/deals/{id}/", patch, { path: { id }, version });
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

/** `idempotencyKey` belongs to the opened form, so a repeat cannot make two. */
export function useCreateDeal() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ values, idempotencyKey }: { values: DealCreation; idempotencyKey: string }) =>
      djangoApi.post("/api/crm/deals/", values, { idempotencyKey }),
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

export function useTrashDeal() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: async ({ id, version }: Pick<DealRow, "id" | "version">): Promise<void> => {
      try {
        await djangoApi.delete("/api/crm/deals/{id}/", { path: { id }, version });
      } catch (error) {
        // It can be restored with whatever was changed in the meantime.
        const current = isApiError(error) ? error.problem?.["current_version"] : undefined;
        if (typeof current !== "number") throw error;
        await djangoApi.delete("/api/crm/deals/{id}/", { path: { id }, version: current });
      }
    },
    onSuccess: (_nothing, { id }) => {
      void client.invalidateQueries({ queryKey: dealKeys.record(slug, id) });
      void reloadLists(client, slug);
    },
  });
}

export function useRestoreDeal() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: (id: string) =>
      djangoApi.post("/api/crm/deals/{id}/restore/", undefined, { path: { id } }),
    onSuccess: (restored) => settle(client, slug, restored),
  });
}
