"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { ListWords } from "@/features/records";
import { useSession } from "@/features/session";
import { lostReasonsQuery, pipelinesQuery, stagesQuery } from "../queries";
import { CATEGORIES, type Stage } from "../types";
import type { FilterName, Ordering } from "./source";

const NONE: readonly never[] = [];

/** What the deals' list and board say. */
export function useWords(): ListWords {
  const t = useTranslations("deals");
  const mine = useTranslations("records.list")("mine");
  const { slug } = useSession();
  const { data: pipelines = NONE } = useQuery(pipelinesQuery(slug));
  const { data: stages = NONE } = useQuery(stagesQuery(slug));
  const { data: reasons = NONE } = useQuery(lostReasonsQuery(slug));
  return useMemo(() => {
    const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
    const ofStage = ({ id, name, pipeline }: Stage) => {
      const whose = pipelines.find((each) => each.id === pipeline)?.name;
      // Two pipelines may call their stages the same.
      return { value: id, label: pipelines.length > 1 && whose ? `${name} · ${whose}` : name };
    };
    const options: Partial<Record<FilterName, ReturnType<ListWords["options"]>>> = {
      pipeline: pipelines.map(named),
      stage: stages.map(ofStage),
      lost_reason: reasons.map(named),
      category: CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) })),
    };
    return {
      title: t("title"),
      trashTitle: t("trash.title"),
      all: t("all"),
      create: t("new"),
      search: t("search"),
      mine,
      count: (count) => t("countLabel", { count }),
      filter: (name) => t(`filters.${name as FilterName}`),
      ordering: (name) => t(`orderings.${name as Ordering}`),
      options: (name) => options[name as FilterName] ?? NONE,
    };
  }, [t, mine, pipelines, stages, reasons]);
}
