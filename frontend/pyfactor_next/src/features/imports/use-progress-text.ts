"use client";

import { useTranslations } from "use-intl";
import type { ImportJob } from "./types";

const phases = ["queued", "reading", "matching", "checking", "writing", "reverting"] as const;
type Phase = (typeof phases)[number];

function isPhase(name: string): name is Phase {
  return (phases as readonly string[]).includes(name);
}

export interface ProgressText {
  /** What is being done, in words. */
  phase: string;
  /** How much of it; "" while that is not known. */
  rows: string;
  /** A step that is one statement has no way to say how far it is: then the end is left open. */
  bar: { done: number; total: number };
  /** For the ear: the phase and every full quarter, so that it is not said all the time. */
  announcement: string;
}

/** Puts a job's progress in words. */
export function useProgressText(): (job: Pick<ImportJob, "entity" | "progress">) => ProgressText {
  const t = useTranslations("imports.work");
  return ({ entity, progress }) => {
    const name = progress?.phase || "queued";
    const phase = t(`phases.${isPhase(name) ? name : "queued"}`, { entity });
    const done = progress?.done ?? 0;
    const total = progress?.total ?? 0;
    const bar = { done, total: done > 0 ? total : 0 };
    if (total === 0) return { phase, rows: "", bar, announcement: phase };
    const percent = Math.floor((done / total) * 4) * 25;
    return {
      phase,
      bar,
      rows: done > 0 ? t("rows", { done, total }) : t("rowsOnly", { total }),
      announcement: percent > 0 ? t("announce", { phase, percent }) : phase,
    };
  };
}
