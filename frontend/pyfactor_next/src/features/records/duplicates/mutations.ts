"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { duplicatesKey } from "./queries";
import type { Candidate, DuplicateResource, Pair, Report, Side } from "./types";

type Pages = InfiniteData<Report, string>;

/** Remembers that two records are not one; the pair leaves the report at once and comes back when refused. */
export function useTellApart<C extends Candidate, S extends Side>(
  resource: DuplicateResource<C, S>,
) {
  const t = useTranslations("records.duplicates.report");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const queryKey = [...duplicatesKey(slug, resource), "report"];
  return useMutation({
    networkMode: "always",
    mutationFn: async ({ first, second }: Pair<S>): Promise<Step> => {
      let made: Step = [];
      await resource.tellApart({ first: first.id, second: second.id }, (step) => (made = step));
      return made;
    },
    onMutate: async ({ id }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Pages>(queryKey);
      client.setQueryData<Pages>(queryKey, (data) => data && without(data, id));
      return before;
    },
    onError: (error, _pair, before) => {
      client.setQueryData(queryKey, before);
      showError(error, t("apartFailed"));
    },
    onSuccess: (step) => {
      toast.success(t("toldApart"), offerUndo(step));
      void client.invalidateQueries({ queryKey: duplicatesKey(slug, resource) });
    },
  });
}

function without(data: Pages, id: string): Pages {
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      results: page.results.filter((pair) => pair.id !== id),
    })),
  };
}

/** Has the business searched anew; the report asks after it until it is done. */
export function useScan<C extends Candidate, S extends Side>(resource: DuplicateResource<C, S>) {
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  return useMutation({
    networkMode: "always",
    mutationFn: () => resource.scan(),
    onError: (error) => showError(error),
    onSuccess: () => client.invalidateQueries({ queryKey: duplicatesKey(slug, resource) }),
  });
}
