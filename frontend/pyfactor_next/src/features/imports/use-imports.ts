"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useSession } from "@/features/session";
import { forgetRecords } from "./mutations";
import { Backoff } from "./polling";
import { importKeys, importQuery, importsQuery } from "./queries";
import { runningWork } from "./steps";

/** One import, asked for again while a background job works on it. */
export function useImport(id: string) {
  const { slug } = useSession();
  const client = useQueryClient();
  const [backoff] = useState(() => new Backoff());
  const query = useQuery({
    ...importQuery(slug, id),
    refetchInterval: ({ state }) =>
      backoff.next(state.data ? [state.data] : [], state.dataUpdatedAt),
  });
  const work = query.data ? runningWork(query.data.state) : undefined;
  const entity = query.data?.entity;
  const before = useRef(work);
  useEffect(() => {
    const finished = before.current;
    before.current = work;
    if (finished === undefined || work !== undefined) return;
    void client.invalidateQueries({ queryKey: importKeys.list(slug) });
    if (finished !== "validate" && entity) void forgetRecords(client, slug, entity);
  }, [work, client, slug, entity]);
  return query;
}

/** All imports, newest first; asked for again while one of them is being worked on. */
export function useImports() {
  const { slug } = useSession();
  const [backoff] = useState(() => new Backoff());
  return useInfiniteQuery({
    ...importsQuery(slug),
    refetchInterval: ({ state }) =>
      backoff.next(state.data?.pages.flatMap((page) => page.results) ?? [], state.dataUpdatedAt),
  });
}
