"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { djangoApi } from "@/api";
import { useSession } from "@/features/session";
import type { Entity, OwnField, OwnFieldPage } from "./types";

/** The API's largest page. */
const PAGE_SIZE = 200;
const NONE: readonly OwnField[] = [];

/** Every field that the business has added, archived ones too, in order. */
export function fieldsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "customfields"],
    queryFn: async ({ signal }): Promise<readonly OwnField[]> => {
      const query = { limit: PAGE_SIZE };
      let page = await djangoApi.get("/api/crm/custom-fields/", { query, signal });
      const fields = [...page.results];
      while (page.next !== null) {
        page = await djangoApi.follow<OwnFieldPage>(page.next, signal);
        fields.push(...page.results);
      }
      return fields;
    },
  });
}

/** The fields in use of one kind of record; none while they load. */
export function useOwnFields(entity: Entity): readonly OwnField[] {
  const { slug } = useSession();
  const { data } = useQuery(fieldsQuery(slug));
  return useMemo(
    () => data?.filter((field) => field.entity === entity && !field.is_archived) ?? NONE,
    [data, entity],
  );
}
