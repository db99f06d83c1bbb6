"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { type FavouriteKind, favouritesQuery } from "./queries";

/** Whether a record or view is a favourite, and the switch; it is drawn as switched while that is saved. */
export function useFavourite(kind: FavouriteKind, id: string) {
  const t = useTranslations("shell.favourites");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const query = favouritesQuery(slug);
  const { data, isSuccess } = useQuery(query);
  const mine = data?.find((favourite) => favourite[kind] === id);
  const { mutate, isPending } = useMutation({
    networkMode: "always",
    mutationFn: (): Promise<unknown> =>
      mine
        ? djangoApi.delete("/api/crm/favourites/{id}/", { path: { id: mine.id } })
        : djangoApi.post("/api/crm/favourites/", { [kind]: id }),
    onError: (error) => showError(error, t("failed")),
    onSettled: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  return {
    isFavourite: isPending ? !mine : mine !== undefined,
    /** Until the favourites are known there is nothing to switch. */
    isKnown: isSuccess,
    toggle: () => {
      if (!isPending) mutate();
    },
  };
}
