"use client";

import { TasksCard } from "@/features/activities";
import { type Deal, EndsCards } from "@/features/deals";
import type { RelatedProps } from "../record-parts";

/** What a deal has to do with, beside its page. */
export default function DealRelated({ record, isReadOnly }: RelatedProps<Deal>) {
  return (
    <>
      <EndsCards deal={record} />
      <TasksCard about={{ deal: record.id }} isReadOnly={isReadOnly} />
    </>
  );
}
