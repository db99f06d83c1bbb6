"use client";

import { Switch } from "@base-ui/react/switch";
import { type ComponentProps, lazy, useId } from "react";
import { useTranslations } from "use-intl";
import { Later } from "@/ui/later";
import { StageBadge, StatusText } from "../badges";
import type { Customer } from "../types";
import { valueStyle } from "./value-style";

const ChoiceMenu = lazy(() => import("./choice-menu"));

export type ChoiceName = "kind" | "stage" | "status";

interface ChoicePropertyProps {
  name: ChoiceName;
  customer: Customer;
  labelId: string;
  onChoose: (value: string) => void;
}

/** One of a few fixed values: a click opens the menu, a choice saves. */
export function ChoiceProperty({ name, customer, labelId, onChoose }: ChoicePropertyProps) {
  const shown = { name, customer, labelId };
  return (
    <Later face={(press) => <ChoiceButton {...shown} {...press} />}>
      {(wasPressed) => (
        <ChoiceMenu
          name={name}
          value={customer[name]}
          trigger={<ChoiceButton {...shown} />}
          isOpenAtFirst={wasPressed}
          onChoose={onChoose}
        />
      )}
    </Later>
  );
}

function ChoiceButton({
  name,
  customer,
  labelId,
  ...rest
}: Omit<ChoicePropertyProps, "onChoose"> & Omit<ComponentProps<"button">, "name">) {
  const t = useTranslations("customers");
  const id = useId();
  return (
    <button type="button" aria-labelledby={`${labelId} ${id}`} className={valueStyle} {...rest}>
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
        <Switch.Thumb className="size-3.5 rounded-full bg-on-accent shadow-xs transition-transform data-checked:translate-x-3.5 rtl:data-checked:-translate-x-3.5" />
      </Switch.Root>
    </div>
  );
}
