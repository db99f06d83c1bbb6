"use client";

import { Switch } from "@base-ui/react/switch";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { Menu, MenuChoice } from "@/ui/menu";
import { StageBadge, StatusText } from "../badges";
import type { FieldSpec } from "../fields";
import { type Customer, KINDS, STAGES, STATUSES } from "../types";
import { valueStyle } from "./value-style";

interface ChoicePropertyProps {
  spec: FieldSpec;
  customer: Customer;
  labelId: string;
  onChoose: (value: string) => void;
}

/** One of a few fixed values: a click opens the menu, a choice saves. */
export function ChoiceProperty({ spec, customer, labelId, onChoose }: ChoicePropertyProps) {
  const t = useTranslations("customers");
  const id = useId();
  const options = {
    kind: KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
    stage: STAGES.map((value) => ({ value, label: t(`stages.${value}`) })),
    status: STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
  };
  const name = spec.type as keyof typeof options;
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" aria-labelledby={`${labelId} ${id}`} className={valueStyle}>
          <span id={id}>
            {name === "stage" ? (
              <StageBadge stage={customer.stage} />
            ) : name === "status" ? (
              <StatusText status={customer.status} />
            ) : (
              t(`kinds.${customer.kind}`)
            )}
          </span>
        </button>
      }
    >
      <MenuChoice<string>
        label={t(`fields.${name}`)}
        value={customer[name]}
        options={options[name]}
        onValueChange={onChoose}
      />
    </Menu>
  );
}

/** A switch that saves at once; the label stands where all labels stand. */
export function FlagProperty(props: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <div className="flex min-h-8 items-center px-2">
      <Switch.Root
        aria-label={props.label}
        checked={props.isOn}
        onCheckedChange={props.onChange}
        className="flex h-4.5 w-8 shrink-0 rounded-full bg-line-strong p-0.5 transition-colors data-checked:bg-accent"
      >
        <Switch.Thumb className="size-3.5 rounded-full bg-on-accent shadow-xs transition-transform data-checked:translate-x-3.5" />
      </Switch.Root>
    </div>
  );
}
