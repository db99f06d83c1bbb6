"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { type Chosen, choicesOf } from "./choices";
import type { MergeBody, MergeRecord, MergeResource } from "./types";

function bodyOf(ordered: readonly MergeRecord[], chosen: Chosen): Omit<MergeBody, "dry_run"> {
  const losers = ordered.slice(1);
  return {
    losers: losers.map(({ id }) => id),
    versions: Object.fromEntries(losers.map(({ id, version }) => [id, version])),
    choices: choicesOf(ordered, chosen),
  };
}

/** What would come of it; the last answer stays in sight while the next one is on its way. */
export function usePreview<R extends MergeRecord>(
  resource: MergeResource<R>,
  ordered: readonly R[],
  chosen: Chosen,
) {
  const { slug } = useSession();
  const body = bodyOf(ordered, chosen);
  const { id = "", version = 0 } = ordered[0] ?? {};
  return useQuery({
    // Not the business's: once merged, everything of it is read again, and this would be refused.
    queryKey: ["merge", slug, resource.name, id, version, body],
    queryFn: () => resource.merge({ ...body, dry_run: true }, { path: { id }, version }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

interface Merging<R> {
  ordered: readonly R[];
  chosen: Chosen;
}

/** Merges, says so and offers to take it back. Children have moved too, so everything is read again. */
export function useMerge<R extends MergeRecord>(resource: MergeResource<R>) {
  const t = useTranslations("records.merge");
  const { slug } = useSession();
  const client = useQueryClient();
  const offerUndo = useOfferUndo();
  return useMutation({
    networkMode: "always",
    mutationFn: async ({ ordered, chosen }: Merging<R>) => {
      const { id = "", version = 0 } = ordered[0] ?? {};
      let step: Step = [];
      const result = await resource.merge(
        { ...bodyOf(ordered, chosen), dry_run: false },
        { path: { id }, version, onChange: (made) => (step = made) },
      );
      return { result, step };
    },
    onSuccess: ({ result, step }, { ordered }) => {
      const name = String(result.record["display_name"] ?? "");
      toast.success(t("done", { count: ordered.length - 1, name }), offerUndo(step));
      void client.invalidateQueries({ queryKey: [slug] });
    },
  });
}
