"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { membersQuery, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Checkbox } from "@/ui/checkbox";
import { Input } from "@/ui/input";
import { Popover } from "@/ui/popover";
import { Select } from "@/ui/select";
import type { FilterFieldDef, ValueShape } from "./conditions";
import { PeriodInput } from "./period-input";

interface ValueInputProps {
  field: FilterFieldDef;
  shape: ValueShape;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}

/** What a condition compares with, entered as its operator takes it. */
export function ValueInput(props: ValueInputProps) {
  const t = useTranslations("records.filter");
  const { field, shape, value, onChange } = props;
  const [first = "", last = ""] = value;
  switch (shape) {
    case "none":
      return null;
    case "many":
      return field.kind === "text" ? (
        <Words {...props} />
      ) : field.kind === "member" ? (
        <Members {...props} />
      ) : (
        <Options {...props} options={field.options ?? []} />
      );
    case "bool":
      return (
        <Select
          aria-label={t("value")}
          value={first}
          onValueChange={(next) => onChange([next])}
          options={[
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]}
        />
      );
    case "period":
      return <PeriodInput value={first} onChange={(next) => onChange([next])} />;
    case "numbers":
    case "days":
      return (
        <div className="flex gap-2">
          <Input
            type={shape === "days" ? "date" : "text"}
            inputMode="decimal"
            aria-label={t("from")}
            value={first}
            onChange={(event) => onChange([event.target.value, last])}
          />
          <Input
            type={shape === "days" ? "date" : "text"}
            inputMode="decimal"
            aria-label={t("to")}
            value={last}
            onChange={(event) => onChange([first, event.target.value])}
          />
        </div>
      );
    default:
      return (
        <Input
          type={shape === "day" && !/^[a-z]/.test(first) ? "date" : "text"}
          inputMode={shape === "number" ? "decimal" : "text"}
          aria-label={t("value")}
          value={first}
          maxLength={1000}
          onChange={(event) => onChange([event.target.value])}
        />
      );
  }
}

function Words({ value, onChange }: ValueInputProps) {
  const t = useTranslations("records.filter");
  return (
    <Input
      aria-label={t("value")}
      placeholder={t("words")}
      defaultValue={value.join(", ")}
      onChange={(event) =>
        onChange(
          event.target.value
            .split(",")
            .map((word) => word.trim())
            .filter(Boolean),
        )
      }
    />
  );
}

function Members(props: ValueInputProps) {
  const t = useTranslations("records.filter");
  const { slug } = useSession();
  const { data: members = [] } = useQuery(membersQuery(slug));
  const options = [
    { value: "me", label: t("me") },
    ...members.map((member) => ({ value: member.id, label: member.display_name })),
  ];
  return <Options {...props} options={options} />;
}

type Option = NonNullable<FilterFieldDef["options"]>[number];

function Options(props: ValueInputProps & { options: readonly Option[] }) {
  const t = useTranslations("records.filter");
  const { value, onChange, options } = props;
  const labels = options.filter((option) => value.includes(option.value)).map(({ label }) => label);
  const chosen = labels.join(", ") || t("choose");
  return (
    <Popover
      label={props.field.label}
      className="max-h-72 w-60 overflow-y-auto p-1.5"
      trigger={
        <Button
          aria-label={t("chosen", { field: props.field.label, chosen })}
          className="w-full justify-start overflow-hidden font-normal"
        >
          <span className="truncate">{chosen}</span>
        </Button>
      }
    >
      <ul>
        {options.map((option) => (
          <li key={option.value}>
            <Checkbox
              className="rounded-md px-1.5 py-1.5 hover:bg-hover"
              label={option.label}
              checked={value.includes(option.value)}
              onCheckedChange={(checked) =>
                onChange(
                  checked
                    ? [...value, option.value]
                    : value.filter((each) => each !== option.value),
                )
              }
            />
          </li>
        ))}
      </ul>
    </Popover>
  );
}
