"use client";

import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Skeleton } from "@/ui/skeleton";
import { MergeForm } from "./merge-form";
import type { MergeRecord, MergeResource } from "./types";

export interface MergeDialogProps<R extends MergeRecord> {
  resource: MergeResource<R>;
  /** Two to five; the first one stays unless somebody chooses another. */
  ids: readonly string[];
  onClose: () => void;
  /** It is done; the id is that of the record that stayed. */
  onMerged?: (survivor: string) => void;
}

/** Makes two to five records of one kind into one. */
export function MergeDialog<R extends MergeRecord>(props: MergeDialogProps<R>) {
  const { resource, ids, onClose } = props;
  const t = useTranslations("records.merge");
  const { slug } = useSession();
  const queries = useQueries({
    queries: ids.map((id) => ({
      queryKey: [slug, resource.name, "record", id],
      queryFn: ({ signal }: { signal: AbortSignal }) => resource.load(id, signal),
      // What somebody is about to decide on is as it is now.
      staleTime: 0,
    })),
  });
  const failed = queries.find(({ error, data }) => error && !data);
  const records = queries.flatMap(({ data }) => (data ? [data] : []));
  if (!failed && records.length === ids.length) {
    return <MergeForm {...props} records={records} />;
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title", { count: ids.length })}
      width="sm:max-w-4xl"
      footer={<Button onClick={onClose}>{t("cancel")}</Button>}
    >
      {failed ? (
        <ApiErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <Skeleton className="h-64 w-full rounded-lg" />
      )}
    </Dialog>
  );
}
