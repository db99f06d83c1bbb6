"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSession } from "@/features/session";
import { tagsQuery } from "./queries";
import type { Tag } from "./types";

/** The business's tags by id. Empty until they are loaded. */
export function useTagsById(): ReadonlyMap<string, Tag> {
  const { slug } = useSession();
  const { data } = useQuery(tagsQuery(slug));
  return useMemo(() => new Map(data?.map((tag) => [tag.id, tag])), [data]);
}

/** Tags as choices of a filter. */
export function useTagOptions(): readonly { value: string; label: string }[] {
  const { slug } = useSession();
  const { data } = useQuery(tagsQuery(slug));
  return useMemo(() => (data ?? []).map(({ id, name }) => ({ value: id, label: name })), [data]);
}
