"use client";

import {
  type InfiniteData,
  type QueryClient,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi, type Step } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { tagKeys } from "./queries";
import type { Tag, Tagged } from "./types";

type OnChange = (step: Step) => void;

interface TaggedRecord {
  id: string;
  tags: readonly string[];
  version: number;
}

/** Rows of lists keep their places and show the tags that their record has now. */
function showInLists(client: QueryClient, slug: string, kind: Tagged, record: TaggedRecord): void {
  const { id, tags, version } = record;
  type Pages = InfiniteData<{ results?: TaggedRecord[] }>;
  client.setQueriesData<Partial<Pages>>({ queryKey: [slug, kind, "list"] }, (data) => {
    if (!data?.pages) return data;
    const pages = data.pages.map((page) =>
      page.results?.some((row) => row.id === id)
        ? {
            ...page,
            results: page.results.map((row) => (row.id === id ? { ...row, tags, version } : row)),
          }
        : page,
    );
    return { ...data, pages };
  });
}

/** Puts tags on a record and takes them off: shown at once, taken back when refused, with Undo. */
export function useSetTags(kind: Tagged, id: string): (tags: readonly string[]) => Promise<void> {
  const t = useTranslations("tags");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const key = [slug, kind, "record", id];
  const { mutateAsync } = useMutation({
    // After whatever else is on its way for the same record, with the version that it makes.
    scope: { id: `${kind.slice(0, -1)}-${id}` },
    networkMode: "always",
    mutationFn: ({ tags, onChange }: { tags: readonly string[]; onChange: OnChange }) =>
      djangoApi.patch(
        `/api/crm/${kind}/{id}/`,
        { tags: [...tags] },
        { path: { id }, version: client.getQueryData<TaggedRecord>(key)?.version, onChange },
      ),
    onMutate: async ({ tags }) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<TaggedRecord>(key);
      if (before) client.setQueryData(key, { ...before, tags });
      return before?.tags;
    },
    onSuccess: (saved) => {
      client.setQueryData(key, saved);
      showInLists(client, slug, kind, saved);
      // Rows must not jump away under the pointer: other lists are asked for when they are shown.
      void client.invalidateQueries({ queryKey: [slug, kind, "list"], refetchType: "none" });
      void client.invalidateQueries({ queryKey: [slug, "timeline"] });
    },
    onError: (_error, _tags, before) => {
      const now = client.getQueryData<TaggedRecord>(key);
      if (now && before) client.setQueryData(key, { ...now, tags: before });
      void client.invalidateQueries({ queryKey: key });
    },
  });
  return async (tags) => {
    let made: Step = [];
    try {
      await mutateAsync({ tags, onChange: (step) => (made = step) });
      toast.success(t("saved"), offerUndo(made));
    } catch (error) {
      showError(error, t("failed"));
    }
  };
}

/** Makes a tag while a record is tagged. Null when it was refused, which is said. */
export function useCreateTag(): (name: string) => Promise<Tag | null> {
  const t = useTranslations("tags");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const { mutateAsync } = useMutation({
    networkMode: "always",
    mutationFn: (name: string) => djangoApi.post("/api/crm/tags/", { name }),
    onSuccess: (made) => {
      client.setQueryData<Tag[]>(tagKeys.list(slug), (tags) => tags && [...tags, made]);
      void client.invalidateQueries({ queryKey: tagKeys.list(slug) });
    },
  });
  return async (name) => {
    try {
      return await mutateAsync(name);
    } catch (error) {
      showError(error, t("setup.failed"));
      return null;
    }
  };
}

/** Writes of the tags themselves, each with Undo. Resolves to whether it was written. */
export function useWriteTags() {
  const t = useTranslations("tags.setup");
  const { slug } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const offerUndo = useOfferUndo();
  const { mutateAsync } = useMutation({
    scope: { id: "tags" },
    networkMode: "always",
    mutationFn: (write: () => Promise<unknown>) => write(),
    onSettled: () => {
      // A tag that is gone or became another is so on every record.
      for (const part of ["customers", "contacts", "deals"]) {
        void client.invalidateQueries({ queryKey: [slug, part] });
      }
      return client.invalidateQueries({ queryKey: tagKeys.all(slug) });
    },
  });
  return async (
    said: string,
    write: (api: typeof djangoApi, onChange: OnChange) => Promise<unknown>,
  ): Promise<boolean> => {
    let made: Step = [];
    try {
      await mutateAsync(() => write(djangoApi, (step) => (made = step)));
      toast.success(said, offerUndo(made));
      return true;
    } catch (error) {
      showError(error, t("failed"));
      return false;
    }
  };
}

export type WriteTags = ReturnType<typeof useWriteTags>;
