"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { djangoApi, isApiError } from "@/api";
import { type OnChange, trashRecord } from "@/features/records";
import { useSession } from "@/features/session";
import { hideRows, markListsStale, reloadLists, showRecord } from "./cache";
import { customerKeys } from "./queries";
import { EditConflict } from "./record/conflict";
import type { Customer, CustomerPatch } from "./types";
import { displayName, fieldsOf, pick } from "./values";

export interface Edit {
  /** The record as it was when the change was begun. */
  base: Customer;
  patch: CustomerPatch;
  /** Of the business's own fields, those that change. */
  custom?: Readonly<Record<string, unknown>>;
  /** Gets what there is to undo. */
  onChange?: OnChange;
}

/** What is on its way to the server for a customer and not answered yet. */
function pendingPatch(client: QueryClient, slug: string, id: string, except: Edit): CustomerPatch {
  const pending = client
    .getMutationCache()
    .findAll({ mutationKey: customerKeys.edits(slug, id), status: "pending" })
    .map((mutation) => mutation.state.variables as Edit | undefined)
    .filter((edit) => edit !== undefined && edit !== except);
  return Object.assign({}, ...pending.map((edit) => edit?.patch)) as CustomerPatch;
}

function show(client: QueryClient, slug: string, record: Customer, patch: CustomerPatch): void {
  const shown = { ...record, ...patch };
  showRecord(client, slug, { ...shown, display_name: displayName(shown) });
}

/**
 * Changes fields of one customer: shown at once, taken back when refused. Edits of a customer go
 * out one after the other, each with the version that the one before has made. Rejects with
 * EditConflict when somebody else was faster, and with ApiError otherwise.
 */
export function useEditCustomer(id: string) {
  const { slug } = useSession();
  const client = useQueryClient();
  const key = customerKeys.record(slug, id);
  return useMutation({
    mutationKey: customerKeys.edits(slug, id),
    scope: { id: `customer-${id}` },
    // Offline, a save fails at once and what was typed stays in the field; it does not wait unseen.
    networkMode: "always",
    mutationFn: async ({ base, patch, custom, onChange }: Edit): Promise<Customer> => {
      const current = client.getQueryData<Customer>(key) ?? base;
      try {
        const body = custom ? { ...patch, custom: { ...custom } } : patch;
        return await djangoApi.patch("/api/crm/customers/{id}/", body, {
          path: { id },
          version: current.version,
          onChange,
        });
      } catch (error) {
        if (!isApiError(error) || error.status !== 412) throw error;
        throw new EditConflict(await djangoApi.get("/api/crm/customers/{id}/", { path: { id } }));
      }
    },
    onMutate: async ({ base, patch }) => {
      await client.cancelQueries({ queryKey: key });
      show(client, slug, client.getQueryData<Customer>(key) ?? base, patch);
    },
    onSuccess: (saved, edit) => show(client, slug, saved, pendingPatch(client, slug, id, edit)),
    onError: (error, edit) => {
      const before =
        error instanceof EditConflict
          ? error.theirs
          : {
              ...(client.getQueryData<Customer>(key) ?? edit.base),
              ...pick(edit.base, fieldsOf(edit.patch)),
            };
      show(client, slug, before as Customer, pendingPatch(client, slug, id, edit));
    },
    onSettled: () => markListsStale(client, slug),
  });
}

interface NewCustomer {
  values: CustomerPatch;
  idempotencyKey: string;
  onChange?: OnChange;
}

/** Creates a customer; `idempotencyKey` belongs to the opened form, so a repeat cannot make two. */
export function useCreateCustomer() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ values, ...options }: NewCustomer) =>
      djangoApi.post("/api/crm/customers/", values, options),
    onSuccess: (created) => {
      client.setQueryData(customerKeys.record(slug, created.id), created);
      void reloadLists(client, slug);
    },
  });
}

type Versioned = Pick<Customer, "id" | "version">;

function restore(id: string, onChange?: OnChange): Promise<Customer> {
  return djangoApi.post("/api/crm/customers/{id}/restore/", undefined, { path: { id }, onChange });
}

/** Moves one customer to the trash; it leaves the lists at once and comes back when refused. */
export function useTrashCustomer() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ customer, onChange }: { customer: Versioned; onChange?: OnChange }) =>
      trashRecord("customers", customer, onChange),
    onMutate: ({ customer }) => hideRows(client, slug, new Set([customer.id])),
    onError: (_error, _customer, putBack) => putBack?.(),
    onSuccess: (_nothing, { customer }) => {
      void client.invalidateQueries({ queryKey: customerKeys.record(slug, customer.id) });
      // A list that was opened meanwhile may have been read before the customer was gone.
      void reloadLists(client, slug);
    },
  });
}

/** Takes a customer out of the trash. */
export function useRestoreCustomer() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ id, onChange }: { id: string; onChange?: OnChange }) => restore(id, onChange),
    onSuccess: (record) => {
      client.setQueryData(customerKeys.record(slug, record.id), record);
      return reloadLists(client, slug);
    },
  });
}
