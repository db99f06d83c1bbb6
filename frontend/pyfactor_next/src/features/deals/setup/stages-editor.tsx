"use client";

import { Archive, ArchiveRestore, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { AddRow } from "@/ui/add-row";
import { Badge } from "@/ui/badge";
import { COLOURS } from "@/ui/colours";
import { IconButton } from "@/ui/icon-button";
import { NameField } from "@/ui/name-field";
import { Select } from "@/ui/select";
import { StageDot } from "../bits";
import type { Pipeline, Stage } from "../types";
import type { Setup } from "./mutations";
import { Sortable } from "./sortable";

const CATEGORIES = ["open", "won", "lost"] as const satisfies readonly Stage["category"][];

interface StagesEditorProps {
  pipeline: Pipeline;
  stages: readonly Stage[];
  canChange: boolean;
  write: Setup;
}

/** The stages of one pipeline, in its order; archived ones stay for the deals that went through. */
export function StagesEditor({ pipeline, stages, canChange, write }: StagesEditorProps) {
  const t = useTranslations("deals.setup");
  return (
    <div className="flex flex-col gap-3">
      <Sortable
        label={t("stagesOf", { name: pipeline.name })}
        items={stages}
        onReorder={
          canChange
            ? (order) => void write((api) => api.post("/api/crm/stages/reorder/", { order }))
            : undefined
        }
      >
        {(stage) => <StageRow stage={stage} canChange={canChange} write={write} />}
      </Sortable>
      {canChange ? (
        <AddRow
          label={t("newStage")}
          button={t("addStage")}
          onAdd={(name) =>
            write((api) => api.post("/api/crm/stages/", { pipeline: pipeline.id, name }))
          }
        />
      ) : null}
    </div>
  );
}

interface StageRowProps {
  stage: Stage;
  canChange: boolean;
  write: Setup;
}

function StageRow({ stage, canChange, write }: StageRowProps) {
  const t = useTranslations("deals.setup");
  const categories = useTranslations("deals.categories");
  const { id, name, version, category } = stage;
  const save = (patch: Partial<Stage>): Promise<boolean> =>
    write((api) => api.patch("/api/crm/stages/{id}/", patch, { path: { id }, version }));
  if (!canChange) {
    return (
      <>
        <StageDot colour={stage.colour} className="ms-2" />
        <span className="min-w-0 flex-1 truncate text-sm font-medium">{name}</span>
        <span className="tabular text-sm text-muted">
          {t("percent", { value: stage.probability })}
        </span>
        <Badge>{categories(category)}</Badge>
      </>
    );
  }
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      <Select
        aria-label={t("colourOf", { name })}
        className="w-14"
        value={stage.colour}
        onValueChange={(colour) => void save({ colour })}
        options={COLOURS.map((colour) => ({
          value: colour,
          label: t(`colours.${colour}`),
          icon: <StageDot colour={colour} />,
        }))}
      />
      <NameField
        label={t("nameOf", { name })}
        value={name}
        isReadOnly={false}
        className="min-w-28 flex-1"
        onSave={(next) => save({ name: next })}
      />
      <Select
        aria-label={t("categoryOf", { name })}
        className="w-24"
        value={category}
        onValueChange={(next) => void save({ category: next })}
        options={CATEGORIES.map((each) => ({ value: each, label: categories(each) }))}
      />
      {category === "open" ? (
        <>
          <Labelled unit={t("percentUnit")}>
            <NameField
              type="number"
              min={0}
              max={100}
              label={t("probabilityOf", { name })}
              value={String(stage.probability)}
              isReadOnly={false}
              className="w-16"
              onSave={(next) => save({ probability: Number(next) })}
            />
          </Labelled>
          <Labelled unit={t("daysUnit")}>
            <NameField
              type="number"
              min={0}
              label={t("rotOf", { name })}
              value={String(stage.rot_days)}
              isReadOnly={false}
              className="w-16"
              onSave={(next) => save({ rot_days: Number(next) })}
            />
          </Labelled>
        </>
      ) : null}
      <span className="ms-auto flex">
        <IconButton
          label={t(stage.is_archived ? "unarchive" : "archive", { name })}
          size="icon-sm"
          onClick={() => void save({ is_archived: !stage.is_archived })}
        >
          {stage.is_archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
        </IconButton>
        <IconButton
          label={t("delete", { name })}
          size="icon-sm"
          onClick={() =>
            void write((api) => api.delete("/api/crm/stages/{id}/", { path: { id }, version }))
          }
        >
          <Trash2 aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}

function Labelled({ unit, children }: { unit: string; children: React.ReactNode }) {
  return (
    <span className="flex items-center gap-1 text-xs text-muted">
      {children}
      <span aria-hidden>{unit}</span>
    </span>
  );
}
