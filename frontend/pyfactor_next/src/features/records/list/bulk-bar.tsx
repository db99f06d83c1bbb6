"use client";

import { Download, Pencil, RotateCcw, Tag, Trash2, UserRoundPen, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { buttonStyle } from "@/ui/button-style";
import { IconButton } from "@/ui/icon-button";
import { Progress } from "@/ui/progress";
import {
  type BulkBody,
  type BulkFieldDef,
  type BulkOffers,
  type BulkResult,
  type BulkTarget,
  EXPORT_MAX,
} from "./bulk";
import { AssignDialog, ConfirmMany, EditDialog, TagDialog } from "./lazy";
import { useBulk } from "./use-bulk";

/** More than this at once has to be confirmed by typing how many. */
const CONFIRM_ABOVE = 100;

export interface BulkBarProps {
  /** How many are selected: of the loaded rows, or all that the list finds. */
  count: number;
  isAll: boolean;
  /** How many the list finds; undefined where everything that it finds is selected one by one. */
  total: number | undefined;
  onSelectAll: () => void;
  onClear: () => void;
  target: BulkTarget;
  send: (body: BulkBody, idempotencyKey: string) => Promise<BulkResult>;
  reload: () => Promise<void>;
  /** What can be edited, in the order it is offered. Made when it is needed. */
  useFields: () => readonly BulkFieldDef[];
  offers?: BulkOffers;
  /** Address of the selection as a file; undefined where there are too many of them, null without export. */
  exportHref: string | undefined | null;
  isTrash: boolean;
  /** More of the resource's own, such as Merge. */
  children?: ReactNode;
}

type Asking = "edit" | "assign" | "tag" | "trash" | null;

const usual: BulkOffers = { assign: true, tag: false };

/** Floats over the list's end while rows are selected. */
export function BulkBar(props: BulkBarProps) {
  const t = useTranslations("records.bulk");
  const { count, isAll, total, target, offers = usual } = props;
  const { isBusy, run } = useBulk(props);
  const [asking, setAsking] = useState<Asking>(null);
  const start = async (part: Omit<BulkBody, keyof BulkTarget>): Promise<void> => {
    setAsking(null);
    const isKept = part.action === "edit" || part.action === "tag";
    if ((await run({ ...target, ...part })) && !isKept) props.onClear();
  };
  return (
    <section
      aria-label={t("label")}
      className="absolute inset-x-0 bottom-4 z-20 mx-auto flex w-fit max-w-[calc(100%-2rem)] min-w-0 flex-wrap items-center gap-1 rounded-xl bg-raised p-1.5 ps-3.5 text-sm shadow-dialog motion-safe:animate-in motion-safe:fade-in motion-safe:slide-in-from-bottom-2"
    >
      {isBusy ? (
        <Progress className="w-64 py-1 pe-2" label={t("working", { count })} done={0} total={0} />
      ) : (
        <>
          <span className="tabular me-2 font-medium whitespace-nowrap" aria-live="polite">
            {isAll ? t("allSelected", { count }) : t("selected", { count })}
          </span>
          {!isAll && total !== undefined && total > count ? (
            <Button variant="ghost" onClick={props.onSelectAll}>
              {t("selectAll", { count: total })}
            </Button>
          ) : null}
          {props.isTrash ? (
            <Button variant="ghost" onClick={() => void start({ action: "restore" })}>
              <RotateCcw aria-hidden />
              {t("restore")}
            </Button>
          ) : (
            <>
              <Button variant="ghost" onClick={() => setAsking("edit")}>
                <Pencil aria-hidden />
                {t("edit")}
              </Button>
              {offers.assign ? (
                <Button variant="ghost" onClick={() => setAsking("assign")}>
                  <UserRoundPen aria-hidden />
                  {t("assign")}
                </Button>
              ) : null}
              {offers.tag ? (
                <Button variant="ghost" onClick={() => setAsking("tag")}>
                  <Tag aria-hidden />
                  {t("tag")}
                </Button>
              ) : null}
              {props.children}
              {props.exportHref === null ? null : props.exportHref ? (
                <a className={buttonStyle({ variant: "ghost" })} href={props.exportHref} download>
                  <Download aria-hidden />
                  {t("export")}
                </a>
              ) : (
                <Button variant="ghost" disabled title={t("exportLimit", { max: EXPORT_MAX })}>
                  <Download aria-hidden />
                  {t("export")}
                </Button>
              )}
              <Button
                variant="danger-ghost"
                onClick={() =>
                  count > CONFIRM_ABOVE ? setAsking("trash") : void start({ action: "trash" })
                }
              >
                <Trash2 aria-hidden />
                {t("delete")}
              </Button>
            </>
          )}
          <IconButton label={t("clear")} keys="escape" onClick={props.onClear}>
            <X aria-hidden />
          </IconButton>
        </>
      )}
      {asking === "edit" ? (
        <EditDialog
          count={count}
          useFields={props.useFields}
          onClose={() => setAsking(null)}
          onApply={(values) => void start({ action: "edit", values })}
        />
      ) : null}
      {asking === "assign" ? (
        <AssignDialog
          count={count}
          onClose={() => setAsking(null)}
          onApply={(to) => void start({ action: "assign", to })}
        />
      ) : null}
      {asking === "tag" ? (
        <TagDialog
          count={count}
          onClose={() => setAsking(null)}
          onApply={(change) => void start({ action: "tag", ...change })}
        />
      ) : null}
      {asking === "trash" ? (
        <ConfirmMany
          count={count}
          onClose={() => setAsking(null)}
          onConfirm={() => void start({ action: "trash" })}
        />
      ) : null}
    </section>
  );
}
