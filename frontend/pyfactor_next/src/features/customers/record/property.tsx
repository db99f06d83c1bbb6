"use client";

import { ExternalLink, Mail, Phone } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { IconButton } from "@/ui/icon-button";
import { StageBadge, StatusText } from "../badges";
import type { FieldSpec } from "../fields";
import { phoneHref } from "../phone";
import type { Customer, CustomerField } from "../types";
import { useFieldText } from "../use-field-text";
import { ChoiceProperty, FlagProperty } from "./choice-property";
import { focusNeighbour, isInlineType, type Move } from "./moves";
import { PropertyEditor } from "./property-editor";
import type { RecordEditing } from "./use-record-editing";
import { valueStyle } from "./value-style";

interface PropertyProps {
  spec: FieldSpec;
  customer: Customer;
  edit: RecordEditing;
  isReadOnly: boolean;
}

/** One field of a record: label, value, and its editor after a click. */
export function Property(props: PropertyProps) {
  const { spec, customer, edit, isReadOnly } = props;
  const t = useTranslations("customers");
  const labelId = useId();
  const row = useRef<HTMLDivElement>(null);
  const draft = edit.drafts[spec.name];
  const isOpen = !isReadOnly && (edit.editing === spec.name || draft !== undefined);

  const finish = (value: Customer[CustomerField] | null, move: Move): void => {
    edit.save({ [spec.name]: value });
    if (move !== 0 && row.current) focusNeighbour(row.current, move, edit.start);
  };
  let content: ReactNode;
  if (isReadOnly) {
    content = <ReadValue spec={spec} customer={customer} />;
  } else if (spec.type === "flag") {
    content = (
      <FlagProperty
        label={t(`fields.${spec.name}`)}
        isOn={customer[spec.name] === true}
        onChange={(isOn) => edit.save({ [spec.name]: isOn })}
      />
    );
  } else if (spec.type === "kind" || spec.type === "stage" || spec.type === "status") {
    content = (
      <ChoiceProperty
        name={spec.type}
        customer={customer}
        labelId={labelId}
        onChoose={(value) => edit.save({ [spec.name]: value })}
      />
    );
  } else if (isOpen) {
    content = (
      <PropertyEditor
        spec={spec}
        label={t(`fields.${spec.name}`)}
        initial={draft ? draft.value : customer[spec.name]}
        error={draft?.message}
        isFocused={edit.editing === spec.name}
        onFinish={finish}
        onCancel={() => edit.cancel(spec.name)}
      />
    );
  } else {
    content = (
      <ValueButton
        spec={spec}
        customer={customer}
        labelId={labelId}
        onEdit={() => edit.start(spec.name)}
      />
    );
  }
  useReturnOfFocus(row, isOpen);
  const isLong = spec.type === "multiline";
  // The group's heading says it already.
  const isNamedAbove = spec.name === "notes";
  return (
    <div
      ref={row}
      data-field={spec.name}
      data-inline={isInlineType(spec.type)}
      className={cn(
        "group/property",
        isLong ? "flex flex-col" : "grid grid-cols-[8.5rem_minmax(0,1fr)] items-start",
      )}
    >
      <span
        id={labelId}
        data-last-change={spec.name}
        className={isNamedAbove ? "sr-only" : "truncate py-1.5 pe-2 text-sm text-muted"}
      >
        {t(`fields.${spec.name}`)}
      </span>
      <div className={cn("min-w-0", isLong && "-mx-2")}>
        {content}
        {draft && !isInlineType(spec.type) ? (
          <p role="alert" className="px-2 pb-1 text-xs text-danger-ink">
            {draft.message}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** A closed editor leaves nothing focused: the value takes the focus back. */
function useReturnOfFocus(row: React.RefObject<HTMLElement | null>, isOpen: boolean): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) {
      row.current?.querySelector<HTMLElement>("button")?.focus();
    }
    wasOpen.current = isOpen;
  }, [row, isOpen]);
}

function ValueButton(props: {
  spec: FieldSpec;
  customer: Customer;
  labelId: string;
  onEdit: () => void;
}) {
  const { spec, customer, labelId, onEdit } = props;
  const t = useTranslations("customers");
  const id = useId();
  const text = useText(spec, customer);
  return (
    <div className="flex min-w-0 items-start">
      <button
        type="button"
        aria-labelledby={`${labelId} ${id}`}
        onClick={onEdit}
        className={valueStyle}
      >
        {text ? (
          <span
            id={id}
            dir={isLeftToRight(spec) ? "ltr" : "auto"}
            className={cn(
              "min-w-0 break-words",
              spec.type === "multiline" && "w-full whitespace-pre-wrap",
            )}
          >
            {text}
          </span>
        ) : (
          <span
            id={id}
            className={cn(
              "text-faint",
              spec.type !== "multiline" &&
                "md:opacity-0 md:group-hover/property:opacity-100 md:group-focus-within/property:opacity-100",
            )}
          >
            {t(spec.name === "notes" ? "edit.addNotes" : "edit.add")}
          </span>
        )}
      </button>
      <ValueLink spec={spec} customer={customer} />
    </div>
  );
}

/** What is written from the left in every language, whatever it begins with. */
function isLeftToRight({ type }: FieldSpec): boolean {
  return type === "phone" || type === "email" || type === "url";
}

function useText(spec: FieldSpec, customer: Customer): string {
  const text = useFieldText();
  // The name that came with the record belongs to the owner it had before a change in flight.
  if (spec.name === "owner" && customer.owner) {
    return text("owner", customer.owner) || customer.owner_name;
  }
  return text(spec.name, customer[spec.name]);
}

/** Dials, writes or visits, without editing. */
function ValueLink({ spec, customer }: { spec: FieldSpec; customer: Customer }) {
  const t = useTranslations("customers.links");
  const value = customer[spec.name];
  if (typeof value !== "string" || value === "") return null;
  const link = (label: string, href: string, icon: ReactNode, isOutside = false) => (
    <IconButton
      label={label}
      size="icon-sm"
      className="mt-0.5"
      nativeButton={false}
      render={
        <a href={href} {...(isOutside ? { target: "_blank", rel: "noopener noreferrer" } : {})} />
      }
    >
      {icon}
    </IconButton>
  );
  if (spec.type === "email" && !customer.do_not_email) {
    return link(t("mail"), `mailto:${value}`, <Mail aria-hidden />);
  }
  if (spec.type === "phone" && !customer.do_not_call) {
    const extension = spec.name === "phone" ? customer.phone_extension : "";
    return link(t("call"), phoneHref(value, extension), <Phone aria-hidden />);
  }
  if (spec.type === "url" && /^https?:/i.test(value)) {
    return link(t("visit"), value, <ExternalLink aria-hidden />, true);
  }
  return null;
}

function ReadValue({ spec, customer }: { spec: FieldSpec; customer: Customer }) {
  const text = useText(spec, customer);
  if (spec.type === "stage") {
    return (
      <div className="flex min-h-8 items-center px-2">
        <StageBadge stage={customer.stage} />
      </div>
    );
  }
  if (spec.type === "status") {
    return (
      <div className="flex min-h-8 items-center px-2 text-sm">
        <StatusText status={customer.status} />
      </div>
    );
  }
  return (
    <div className="flex min-w-0 items-start">
      <p className="min-h-8 flex-1 px-2 py-1.5 text-sm break-words whitespace-pre-wrap">{text}</p>
      <ValueLink spec={spec} customer={customer} />
    </div>
  );
}
