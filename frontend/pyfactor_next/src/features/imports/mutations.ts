import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { djangoApi, isApiError } from "@/api";
import { watchJob } from "@/features/jobs";
import { useSession } from "@/features/session";
import { withChanges } from "./mapping";
import { importKeys } from "./queries";
import type { Work } from "./steps";
import type { ImportChanges, ImportEntity, ImportJob, ImportRow, ImportRowChanges } from "./types";

/** A hundred megabytes over a slow line, then the look at the file. */
const UPLOAD_TIMEOUT_MS = 10 * 60_000;

/** Sends a file and makes an import of it. `signal` cancels. */
export function useUpload() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, signal }: { file: File; signal: AbortSignal }) => {
      const form = new FormData();
      form.append("file", file);
      return djangoApi.post("/api/crm/imports/", form, { signal, timeoutMs: UPLOAD_TIMEOUT_MS });
    },
    onSuccess: (job) => {
      client.setQueryData(importKeys.one(slug, job.id), job);
      return client.invalidateQueries({ queryKey: importKeys.list(slug) });
    },
  });
}

function stored(client: QueryClient, slug: string, id: string): ImportJob | undefined {
  return client.getQueryData<ImportJob>(importKeys.one(slug, id));
}

/** The answer, without undoing what the person chose while it was under way. */
function keep(client: QueryClient, slug: string, job: ImportJob): void {
  const isLast = client.isMutating({ mutationKey: changeKey(job.id) }) <= 1;
  client.setQueryData<ImportJob>(importKeys.one(slug, job.id), (current) =>
    isLast || !current ? job : { ...current, version: job.version, state: job.state },
  );
}

const changeKey = (id: string) => ["import-change", id] as const;

/** Saves a choice at once; choices of one import are sent one after the other. */
export function useChangeImport(id: string) {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    mutationKey: changeKey(id),
    scope: { id: `import-${id}` },
    mutationFn: (changes: ImportChanges) => {
      const version = stored(client, slug, id)?.version;
      return djangoApi.patch("/api/crm/imports/{id}/", changes, { path: { id }, version });
    },
    onMutate: async (changes) => {
      await client.cancelQueries({ queryKey: importKeys.one(slug, id), exact: true });
      client.setQueryData<ImportJob>(importKeys.one(slug, id), (job) => {
        if (!job) return job;
        const { mapping, dialect, forget_mapping: _, ...plain } = changes;
        return {
          ...job,
          ...plain,
          columns: mapping ? withChanges(job.columns, mapping) : job.columns,
          dialect: { ...job.dialect, ...dialect },
        };
      });
    },
    onSuccess: (job) => keep(client, slug, job),
    // What was shown in advance is not true: the server's word replaces it.
    onError: () => client.invalidateQueries({ queryKey: importKeys.one(slug, id), exact: true }),
    onSettled: () => client.removeQueries({ queryKey: importKeys.rows(slug, id) }),
  });
}

const workPaths = {
  validate: "/api/crm/imports/{id}/validate/",
  apply: "/api/crm/imports/{id}/apply/",
  revert: "/api/crm/imports/{id}/revert/",
} as const;

/** Queues a background job of an import: the dry run, the writing or the taking back. */
export function useStartWork(id: string) {
  const { slug, user } = useSession();
  const client = useQueryClient();
  return useMutation({
    scope: { id: `import-${id}` },
    mutationFn: (work: Work) => djangoApi.post(workPaths[work], undefined, { path: { id } }),
    onSuccess: (job) => {
      watchJob(user.id, slug, { kind: "import", id });
      client.removeQueries({ queryKey: importKeys.rows(slug, id) });
      client.setQueryData(importKeys.one(slug, id), job);
      return client.invalidateQueries({ queryKey: importKeys.list(slug) });
    },
    onError: (error) => {
      // Another tab was faster: the page shows what it did.
      if (isApiError(error) && error.kind === "conflict") {
        return client.invalidateQueries({ queryKey: importKeys.one(slug, id), exact: true });
      }
      return undefined;
    },
  });
}

export interface RowEdit {
  line: number;
  changes: ImportRowChanges;
}

/** Mends rows one after the other; what the server makes of them shows in the lists afterwards. */
export function useEditRows(id: string) {
  const { slug } = useSession();
  const client = useQueryClient();
  const [done, setDone] = useState(0);
  const mutation = useMutation({
    scope: { id: `import-${id}` },
    mutationFn: async (edits: readonly RowEdit[]) => {
      setDone(0);
      const rows: ImportRow[] = [];
      for (const { line, changes } of edits) {
        rows.push(
          await djangoApi.patch("/api/crm/imports/{id}/rows/{line}/", changes, {
            path: { id, line },
          }),
        );
        setDone(rows.length);
      }
      return rows;
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: importKeys.one(slug, id), exact: true }),
        client.invalidateQueries({ queryKey: importKeys.rows(slug, id) }),
      ]),
  });
  return { ...mutation, done };
}

/** After records were written or taken back, every list of them is out of date. */
export function forgetRecords(
  client: QueryClient,
  slug: string,
  entity: ImportEntity,
): Promise<void> {
  return client.invalidateQueries({ queryKey: [slug, `${entity}s`] });
}
