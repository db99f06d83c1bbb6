"use client";

import { useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { AddRow } from "@/ui/add-row";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { NameField } from "@/ui/name-field";
import { Skeleton } from "@/ui/skeleton";
import { lostReasonsQuery, pipelinesQuery, stagesQuery } from "../queries";
import type { Pipeline } from "../types";
import { type Setup, useSetup } from "./mutations";
import { ReasonsEditor } from "./reasons-editor";
import { Sortable } from "./sortable";
import { StagesEditor } from "./stages-editor";

/** How the business sells: pipelines, their stages, and why deals are lost. Admins change it. */
export function PipelinesPage() {
  const t = useTranslations("deals.setup");
  const { slug, canAdminister } = useSession();
  const pipelines = useQuery(pipelinesQuery(slug));
  const stages = useQuery(stagesQuery(slug));
  const reasons = useQuery(lostReasonsQuery(slug));
  const write = useSetup();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const error = pipelines.error ?? stages.error ?? reasons.error;
  if (error) {
    return <ApiErrorState error={error} onRetry={() => void pipelines.refetch()} />;
  }
  if (!pipelines.data || !stages.data || !reasons.data) {
    return (
      <div aria-busy className="flex max-w-4xl flex-col gap-4 p-5">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-40 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
      </div>
    );
  }
  const chosen = pipelines.data.find(({ id }) => id === chosenId) ?? pipelines.data[0];
  return (
    <div className="flex max-w-4xl flex-col gap-8 px-4 py-5 md:px-6">
      <section className="flex flex-col gap-3">
        <Heading title={t("title")} description={t("description")} />
        <Sortable
          label={t("title")}
          items={pipelines.data}
          onReorder={
            canAdminister
              ? (order) => void write((api) => api.post("/api/crm/pipelines/reorder/", { order }))
              : undefined
          }
        >
          {(pipeline) => (
            <PipelineRow
              pipeline={pipeline}
              isChosen={pipeline.id === chosen?.id}
              onChoose={() => setChosenId(pipeline.id)}
              canChange={canAdminister}
              write={write}
            />
          )}
        </Sortable>
        {canAdminister ? (
          <AddRow
            label={t("newPipeline")}
            button={t("addPipeline")}
            onAdd={(name) => write((api) => api.post("/api/crm/pipelines/", { name }))}
          />
        ) : null}
      </section>
      {chosen ? (
        <section className="flex flex-col gap-3">
          <Heading
            title={t("stagesOf", { name: chosen.name })}
            description={t("stagesDescription")}
          />
          <StagesEditor
            pipeline={chosen}
            stages={stages.data.filter(({ pipeline }) => pipeline === chosen.id)}
            canChange={canAdminister}
            write={write}
          />
        </section>
      ) : null}
      <section className="flex flex-col gap-3">
        <Heading title={t("reasons")} description={t("reasonsDescription")} />
        <ReasonsEditor reasons={reasons.data} canChange={canAdminister} write={write} />
      </section>
    </div>
  );
}

function Heading({ title, description }: { title: string; description: string }) {
  return (
    <div>
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-sm text-muted">{description}</p>
    </div>
  );
}

interface PipelineRowProps {
  pipeline: Pipeline;
  isChosen: boolean;
  onChoose: () => void;
  canChange: boolean;
  write: Setup;
}

function PipelineRow({ pipeline, isChosen, onChoose, canChange, write }: PipelineRowProps) {
  const t = useTranslations("deals.setup");
  const { id, name, version, is_default: isDefault, is_archived: isArchived } = pipeline;
  const save = (patch: Partial<Pipeline>): Promise<boolean> =>
    write((api) => api.patch("/api/crm/pipelines/{id}/", patch, { path: { id }, version }));
  return (
    <>
      <NameField
        label={t("nameOf", { name })}
        value={name}
        isReadOnly={!canChange}
        className="min-w-0 flex-1"
        onSave={(next) => save({ name: next })}
      />
      {isDefault ? <Badge tone="accent">{t("default")}</Badge> : null}
      {isArchived ? <Badge>{t("archived")}</Badge> : null}
      <Button
        size="sm"
        aria-pressed={isChosen}
        variant={isChosen ? "primary" : "secondary"}
        onClick={onChoose}
      >
        {t("stages")}
      </Button>
      {canChange && !isDefault ? (
        <span className="flex">
          <IconButton
            label={t("makeDefault", { name })}
            size="icon-sm"
            disabled={isArchived}
            onClick={() => void save({ is_default: true })}
          >
            <Star aria-hidden />
          </IconButton>
          <IconButton
            label={t(isArchived ? "unarchive" : "archive", { name })}
            size="icon-sm"
            onClick={() => void save({ is_archived: !isArchived })}
          >
            {isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          </IconButton>
          <IconButton
            label={t("delete", { name })}
            size="icon-sm"
            onClick={() =>
              void write((api) => api.delete("/api/crm/pipelines/{id}/", { path: { id }, version }))
            }
          >
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      ) : null}
    </>
  );
}
