"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { activityKeys } from "./queries";
import type { Activity, ActivityInput, ActivityPatch } from "./types";

function reload(client: QueryClient, slug: string): Promise<void> {
  // Last and next activity of customers are theirs to show; those lists stay until shown again.
  void client.invalidateQueries({ queryKey: [slug, "customers", "list"], refetchType: "none" });
  void client.invalidateQueries({ queryKey: [slug, "timeline"] });
  return client.invalidateQueries({ queryKey: activityKeys.all(slug) });
}

/** How an activity is called in a sentence. */
export function useActivityName(): (activity: Pick<Activity, "subject" | "kind">) => string {
  const t = useTranslations("activities.kinds");
  return ({ subject, kind }) => subject || t(kind);
}

/** Adds an activity; `idempotencyKey` belongs to the opened form, so a repeat cannot make two. */
export function useCreateActivity() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ values, idempotencyKey }: { values: ActivityInput; idempotencyKey: string }) =>
      djangoApi.post("/api/crm/activities/", values, { idempotencyKey }),
    onSuccess: () => reload(client, slug),
  });
}

/** Changes an activity as it was last read. */
export function useChangeActivity() {
  const { slug } = useSession();
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ activity, patch }: { activity: Activity; patch: ActivityPatch }) =>
      djangoApi.patch("/api/crm/activities/{id}/", patch, {
        path: { id: activity.id },
        version: activity.version,
      }),
    onSettled: () => reload(client, slug),
  });
}

/** Done or open again, deleted or moved, each with Undo. */
export function useActivityActions() {
  const t = useTranslations("activities");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const nameOf = useActivityName();
  const change = useChangeActivity();
  const { mutateAsync: post } = useMutation({
    networkMode: "always",
    mutationFn: ({ id, what }: { id: string; what: "complete" | "reopen" | "restore" }) =>
      djangoApi.post(`/api/crm/activities/{id}/${what}/`, undefined, { path: { id } }),
    onSettled: () => reload(client, slug),
  });
  const { mutateAsync: remove } = useMutation({
    networkMode: "always",
    mutationFn: (activity: Activity) =>
      djangoApi.delete("/api/crm/activities/{id}/", {
        path: { id: activity.id },
        version: activity.version,
      }),
    onSettled: () => reload(client, slug),
  });

  const tell = async (
    activity: Activity,
    doing: Promise<unknown>,
    title: string,
    undo?: () => void,
  ): Promise<void> => {
    try {
      await doing;
      toast.success(title, undo ? { undo: { label: t("undo"), run: undo } } : {});
    } catch (error) {
      showError(error, t("task.failed", { name: nameOf(activity) }));
    }
  };

  const mark = (activity: Activity, what: "complete" | "reopen", canUndo = true): void => {
    const back = what === "complete" ? "reopen" : "complete";
    const title = t(what === "complete" ? "task.done" : "task.reopened", {
      name: nameOf(activity),
    });
    const undo = canUndo ? () => mark(activity, back, false) : undefined;
    void tell(activity, post({ id: activity.id, what }), title, undo);
  };

  const put = (
    activity: Activity,
    patch: ActivityPatch,
    title: string,
    back?: ActivityPatch,
  ): void => {
    void tell(
      activity,
      change.mutateAsync({ activity, patch }),
      title,
      back && (() => put({ ...activity, version: activity.version + 1 }, back, title)),
    );
  };

  return {
    complete: (activity: Activity) => mark(activity, "complete"),
    reopen: (activity: Activity) => mark(activity, "reopen"),
    /** day: "YYYY-MM-DD". */
    moveTo: (activity: Activity, day: string, when: string): void =>
      put(
        activity,
        { due_on: day, due_at: null },
        t("task.moved", { when, name: nameOf(activity) }),
        { due_on: activity.due_on ?? null, due_at: activity.due_at ?? null },
      ),
    pin: (activity: Activity, is_pinned: boolean): void =>
      put(activity, { is_pinned }, t("task.saved", { name: nameOf(activity) })),
    trash: (activity: Activity): void => {
      const name = nameOf(activity);
      const restore = () =>
        void tell(
          activity,
          post({ id: activity.id, what: "restore" }),
          t("task.restored", { name }),
        );
      void tell(activity, remove(activity), t("task.deleted", { name }), restore);
    },
  };
}
