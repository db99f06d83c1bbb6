"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { OwnFields } from "@/features/fields";
import { useRememberRecord } from "@/features/recent";
import {
  type FrameTab,
  LoadedRecord,
  RecordFrame,
  RecordPage,
  type RecordParts,
  showRow,
} from "@/features/records";
import { useSession } from "@/features/session";
import { dealsSource, nameOf } from "../list/source";
import { dealQuery } from "../queries";
import type { Deal } from "../types";
import { DealHeader } from "./deal-header";
import { Properties } from "./properties";
import { StageHistory } from "./stage-history";
import { StagePath } from "./stage-path";

/** A deal's own page. */
export function DealPage({ id, parts }: { id: string; parts: RecordParts<Deal> }) {
  const t = useTranslations("deals");
  const { slug } = useSession();
  const deal = useQuery(dealQuery(slug, id));
  return (
    <RecordPage
      source={dealsSource}
      id={id}
      title={t("title")}
      name={deal.data?.name}
      nameOf={nameOf}
    >
      {({ leave, ...frame }) => (
        <LoadedRecord record={deal}>
          {(loaded) => <Loaded key={id} deal={loaded} parts={parts} onTrashed={leave} {...frame} />}
        </LoadedRecord>
      )}
    </RecordPage>
  );
}

interface LoadedProps {
  deal: Deal;
  parts: RecordParts<Deal>;
  tab: FrameTab | null;
  onTabChange: (tab: FrameTab) => void;
  onTrashed: () => void;
}

function Loaded({ deal, parts, tab, onTabChange, onTrashed }: LoadedProps) {
  const { canWrite, slug } = useSession();
  const client = useQueryClient();
  const isTrashed = deal.deleted_at !== null;
  const isReadOnly = !canWrite || isTrashed;
  useRememberRecord({
    kind: "deal",
    id: deal.id,
    title: deal.name,
    line: deal.customer_name,
    isTrashed,
  });
  return (
    <div data-record={deal.id} className="flex flex-col gap-4">
      <RecordFrame
        variant="page"
        tab={tab}
        onTabChange={onTabChange}
        sections={parts.sections(deal)}
        related={parts.related?.(deal)}
        properties={
          <div className="flex flex-col gap-4">
            <Properties deal={deal} isReadOnly={isReadOnly} />
            <OwnFields
              entity="deal"
              record={deal}
              isReadOnly={isReadOnly}
              onSaved={(saved) => showRow(client, dealsSource, slug, saved)}
            />
            <StageHistory deal={deal} />
          </div>
        }
      >
        <DealHeader deal={deal} isReadOnly={isReadOnly} onTrashed={onTrashed} />
        {parts.tags?.(deal)}
        <StagePath deal={deal} isReadOnly={isReadOnly} />
        {parts.actions?.(deal)}
        {parts.lastChange?.(deal)}
      </RecordFrame>
    </div>
  );
}
