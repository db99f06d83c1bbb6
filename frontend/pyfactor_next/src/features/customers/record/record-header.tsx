"use client";

import { Ellipsis, Pencil, UserRound } from "lucide-react";
import { type ComponentProps, lazy } from "react";
import { useTranslations } from "use-intl";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Later } from "@/ui/later";
import { StageBadge } from "../badges";
import type { Customer } from "../types";
import { useMemberName } from "../use-field-text";
import { NameEditor } from "./name-editor";
import type { RecordEditing } from "./use-record-editing";

const RecordMenu = lazy(() => import("./record-menu"));

interface RecordHeaderProps {
  customer: Customer;
  edit: RecordEditing;
  isReadOnly: boolean;
  canWrite: boolean;
  as: "h1" | "h2";
  onEdit: () => void;
  onTrash: () => void;
}

/** Who it is, at a glance, and what can be done with the whole record. */
export function RecordHeader(props: RecordHeaderProps) {
  const t = useTranslations("customers");
  const { customer, edit, isReadOnly } = props;
  const memberName = useMemberName();
  const owner = customer.owner ? memberName(customer.owner) || customer.owner_name : "";
  const canChange = props.canWrite && !isReadOnly;
  return (
    <header className="flex items-start gap-3">
      <Avatar
        name={customer.display_name}
        size="lg"
        shape={customer.kind === "business" ? "square" : "circle"}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <NameEditor customer={customer} edit={edit} isReadOnly={isReadOnly} as={props.as} />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <span className="tabular">{customer.account_number}</span>
          <StageBadge stage={customer.stage} />
          <span className="flex items-center gap-1.5">
            {owner ? (
              <Avatar name={owner} size="xs" />
            ) : (
              <UserRound aria-hidden className="size-3.5" />
            )}
            {owner || t("record.noOwner")}
          </span>
        </div>
      </div>
      {canChange ? (
        <Button onClick={props.onEdit} className="max-sm:hidden">
          <Pencil aria-hidden />
          {t("record.edit")}
        </Button>
      ) : null}
      <Later face={(press) => <MoreButton {...press} />}>
        {(wasPressed) => (
          <RecordMenu
            id={customer.id}
            name={customer.display_name}
            trigger={<MoreButton />}
            isOpenAtFirst={wasPressed}
            canChange={canChange}
            onEdit={props.onEdit}
            onTrash={props.onTrash}
          />
        )}
      </Later>
    </header>
  );
}

function MoreButton(props: Omit<ComponentProps<typeof IconButton>, "label" | "children">) {
  const t = useTranslations("customers.record");
  return (
    <IconButton label={t("more")} {...props}>
      <Ellipsis aria-hidden />
    </IconButton>
  );
}
