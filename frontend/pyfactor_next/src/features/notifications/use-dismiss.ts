"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { notificationKeys } from "./queries";

/** Marks notifications as seen, by their ids. */
export function useDismiss(): (ids: readonly string[]) => void {
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const { mutate } = useMutation({
    networkMode: "always",
    mutationFn: (ids: readonly string[]) =>
      Promise.all(
        ids.map((id) =>
          djangoApi.post("/api/crm/notifications/{notification_id}/read/", undefined, {
            path: { notification_id: id },
          }),
        ),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: notificationKeys.lists(slug) }),
    onError: (error) => showError(error),
  });
  return mutate;
}
