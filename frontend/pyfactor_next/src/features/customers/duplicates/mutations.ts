"use client";

import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, type Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { type DuplicatePair, type DuplicatesReport, duplicateKeys } from "./queries";

type Pages = InfiniteData<DuplicatesReport, string>;

/** Remembers that two customers are not one; the pair leaves the report at once and comes back when refused. */
export function useTellApart() {
  const t = useTranslations("customers.duplicates.report");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const queryKey = [...duplicateKeys.all(slug), "report"];
  return useMutation({
    networkMode: "always",
    mutationFn: async ({ first, second }: DuplicatePair): Promise<Step> => {
      let made: Step = [];
      await djangoApi.post(
        "/api/crm/distinctions/",
        { first: first.id, second: second.id },
        { onChange: (step) => (made = step) },
      );
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
      void client.invalidateQueries({ queryKey: duplicateKeys.all(slug) });
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
export function useScan() {
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  return useMutation({
    networkMode: "always",
    mutationFn: () => djangoApi.post("/api/crm/duplicates/scan/", undefined),
    onError: (error) => showError(error),
    onSuccess: () => client.invalidateQueries({ queryKey: duplicateKeys.all(slug) }),
  });
}
