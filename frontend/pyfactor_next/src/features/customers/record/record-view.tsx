"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { OwnFields } from "@/features/fields";
import { useRememberRecord } from "@/features/recent";
import {
  type FrameTab,
  LoadedRecord,
  RecordFrame,
  type RecordParts,
  showRow,
  TrashBanner,
} from "@/features/records";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { cn } from "@/ui/cn";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { Skeleton } from "@/ui/skeleton";
import { GROUPS } from "../fields";
import { customersSource } from "../list/source";
import { customerQuery } from "../queries";
import type { Customer, CustomerRow } from "../types";
import { useMemberName } from "../use-field-text";
import { useRestoreWithToast, useTrashWithToast } from "../use-trash-with-toast";
import { PropertyGroup } from "./property-group";
import { RecordHeader } from "./record-header";
import { type RecordEditing, useRecordEditing } from "./use-record-editing";

const ConflictNotice = dynamic(() => import("./conflict-notice").then((m) => m.ConflictNotice));
const EditDialog = dynamic(() => import("../form/edit-dialog").then((m) => m.EditDialog));

interface RecordViewProps {
  id: string;
  /** The row it was opened from; its name stands there while the rest loads. */
  hint?: CustomerRow | undefined;
  /** The page has room for two columns and the page's h1. */
  variant: "page" | "panel";
  parts: RecordParts<Customer>;
  tab: FrameTab | null;
  onTabChange: (tab: FrameTab) => void;
  /** The record went to the trash. */
  onTrashed: () => void;
}

/** One customer, on its page or in the side panel. */
export function RecordView({ id, hint, ...rest }: RecordViewProps) {
  const { slug } = useSession();
  return (
    <LoadedRecord
      record={useQuery(customerQuery(slug, id))}
      skeleton={<RecordSkeleton hint={hint} variant={rest.variant} />}
    >
      {(customer) => <Loaded key={id} customer={customer} {...rest} />}
    </LoadedRecord>
  );
}

function Loaded(props: Omit<RecordViewProps, "id" | "hint"> & { customer: Customer }) {
  const { customer, variant, parts, tab, onTabChange, onTrashed } = props;
  const t = useTranslations("customers");
  const { canWrite } = useSession();
  const edit = useRecordEditing(customer);
  const trash = useTrashWithToast();
  const [isFormOpen, setFormOpen] = useState(false);
  const isTrashed = customer.deleted_at !== null;
  const isReadOnly = !canWrite || isTrashed;
  useRememberRecord({
    kind: "customer",
    id: customer.id,
    title: customer.display_name,
    line: [customer.account_number, customer.billing_city].filter(Boolean).join(" · "),
    isTrashed,
  });
  useShortcut("e", () => setFormOpen(true), {
    label: t("record.editAll"),
    group: t("shortcuts.group"),
    enabled: !isReadOnly,
  });
  return (
    <div data-record={customer.id} className="flex flex-col gap-4">
      <RecordFrame
        variant={variant}
        tab={tab}
        onTabChange={onTabChange}
        sections={parts.sections(customer)}
        related={parts.related?.(customer)}
        properties={<Properties customer={customer} edit={edit} isReadOnly={isReadOnly} />}
      >
        <RecordHeader
          customer={customer}
          edit={edit}
          isReadOnly={isReadOnly}
          canWrite={canWrite}
          as={variant === "page" ? "h1" : "h2"}
          onEdit={() => setFormOpen(true)}
          onTrash={() => {
            void trash(customer);
            onTrashed();
          }}
        />
        {parts.tags?.(customer)}
        {isTrashed ? <InTrash customer={customer} /> : null}
        {edit.conflict ? (
          <ConflictNotice conflict={edit.conflict} onSettle={edit.settleConflict} />
        ) : null}
        {parts.actions?.(customer)}
        {parts.lastChange?.(customer)}
      </RecordFrame>
      {isFormOpen ? <EditDialog customer={customer} onClose={() => setFormOpen(false)} /> : null}
    </div>
  );
}

interface PropertiesProps {
  customer: Customer;
  edit: RecordEditing;
  isReadOnly: boolean;
}

function Properties({ customer, edit, isReadOnly }: PropertiesProps) {
  const { slug } = useSession();
  const client = useQueryClient();
  return (
    <div className="divide-y">
      {GROUPS.map((group) => (
        <PropertyGroup
          key={group.name}
          name={group.name}
          fields={group.fields}
          customer={customer}
          edit={edit}
          isReadOnly={isReadOnly}
        />
      ))}
      <OwnFields
        entity="customer"
        record={customer}
        isReadOnly={isReadOnly}
        onSaved={(saved) => showRow(client, customersSource, slug, saved)}
      />
      <Provenance customer={customer} />
    </div>
  );
}

function InTrash({ customer }: { customer: Customer }) {
  const t = useTranslations("customers.trash");
  const format = useFormatter();
  const now = useNow();
  const restore = useRestoreWithToast();
  const when = format.relativeTime(new Date(customer.deleted_at ?? now), now);
  return (
    <TrashBanner
      text={t("banner", { when })}
      isBusy={restore.isPending}
      onRestore={() => restore.mutate({ id: customer.id, name: customer.display_name })}
    />
  );
}

/** When it came and who touched it last. The server's tables of languages may write times differently. */
function Provenance({ customer }: { customer: Customer }) {
  const t = useTranslations("customers.record");
  const format = useFormatter();
  const memberName = useMemberName();
  const line = (what: "created" | "updated", at: string, by: string | null): string => {
    const when = format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" });
    const who = memberName(by);
    return who ? t(`${what}By`, { when, who }) : t(what, { when });
  };
  return (
    <footer className="flex flex-col gap-0.5 py-3 text-xs text-muted">
      <p suppressHydrationWarning>{line("created", customer.created_at, customer.created_by)}</p>
      {customer.version > 1 ? (
        <p suppressHydrationWarning>{line("updated", customer.updated_at, customer.updated_by)}</p>
      ) : null}
    </footer>
  );
}

function RecordSkeleton({
  hint,
  variant,
}: {
  hint: CustomerRow | undefined;
  variant: "page" | "panel";
}) {
  const Heading = variant === "page" ? "h1" : "h2";
  return (
    <div aria-busy className="flex flex-col gap-4">
      <div className="flex items-start gap-3">
        {hint ? (
          <Avatar
            name={hint.display_name}
            size="lg"
            shape={hint.kind === "business" ? "square" : "circle"}
          />
        ) : (
          <Skeleton className="size-11 rounded-lg" />
        )}
        <div className="flex flex-1 flex-col gap-2">
          {hint ? (
            <Heading className="text-xl font-semibold tracking-[-0.01em]">
              {hint.display_name}
            </Heading>
          ) : (
            <Skeleton className="h-6 w-52" />
          )}
          <Skeleton className="h-4 w-40" />
        </div>
      </div>
      <div className="flex flex-col gap-4 pt-4">
        {Array.from({ length: 10 }, (_, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no other identity
            key={index}
            className="grid grid-cols-[8.5rem_minmax(0,1fr)]"
          >
            <Skeleton className="h-3.5 w-20" />
            <Skeleton className={cn("h-3.5", ["w-3/5", "w-2/5", "w-4/5"][index % 3])} />
          </div>
        ))}
      </div>
    </div>
  );
}
