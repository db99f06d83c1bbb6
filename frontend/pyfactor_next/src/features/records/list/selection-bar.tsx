"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { djangoApi } from "@/api";
import { useSession } from "@/features/session";
import type { Selected } from "../resource";
import type { ListSpec } from "../source";
import { type BulkFieldDef, type BulkOffers, EXPORT_MAX, targetOfQuery } from "./bulk";
import { BulkBar } from "./bulk-bar";
import { exportHref } from "./export-href";

interface SelectionBarProps extends Selected {
  spec: ListSpec;
  /** What can be edited, in the order it is offered. Made when it is needed. */
  useFields: () => readonly BulkFieldDef[];
  offers: BulkOffers;
  /** More of the resource's own, such as Merge. */
  children?: ReactNode;
}

/** What is done with many rows of a list. */
export function SelectionBar(props: SelectionBarProps) {
  const { spec, query, ids, allCount } = props;
  const { slug } = useSession();
  const client = useQueryClient();
  const isAll = allCount !== null;
  // Every list has the same bulk action, and counts itself the same way.
  const path = `/api/crm/${spec.path}/` as "/api/crm/customers/";
  const bulk = `${path}bulk/` as "/api/crm/customers/bulk/";
  const selectAll = async (): Promise<void> => {
    const page = await djangoApi.get(path, {
      query: { ...query, limit: 1, count: "exact", fields: "id" },
    });
    props.onSelectAll(page.count ?? 0);
  };
  const chosen = JSON.stringify({ field: "id", op: "in", value: ids });
  const chosenHref =
    ids.length > EXPORT_MAX ? undefined : exportHref(spec.path, { filter: chosen });
  return (
    <BulkBar
      count={isAll ? allCount : ids.length}
      isAll={isAll}
      total={props.total}
      onSelectAll={() => void selectAll()}
      onClear={props.onClear}
      target={isAll ? targetOfQuery(query, allCount) : { ids: [...ids] }}
      send={(body, idempotencyKey) => djangoApi.post(bulk, body, { idempotencyKey })}
      reload={() => client.invalidateQueries({ queryKey: [slug, spec.path] })}
      useFields={props.useFields}
      offers={props.offers}
      exportHref={isAll ? exportHref(spec.path, query) : chosenHref}
      isTrash={props.isTrash}
    >
      {props.children}
    </BulkBar>
  );
}
