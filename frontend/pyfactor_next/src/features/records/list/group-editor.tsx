"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Select } from "@/ui/select";
import { type FilterFieldDef, OPERATORS } from "./conditions";
import {
  type DraftCondition,
  type DraftGroup,
  type DraftNode,
  emptyCondition,
  emptyGroup,
  firstValue,
  isDraftGroup,
  shapeOf,
} from "./filter-draft";
import { ValueInput } from "./value-input";

/** Groups within groups beyond this are for the API alone. */
const MAX_DEPTH = 2;

interface GroupEditorProps {
  group: DraftGroup;
  fields: readonly FilterFieldDef[];
  depth: number;
  onChange: (group: DraftGroup) => void;
  onRemove: (id: number) => void;
}

export function GroupEditor({ group, fields, depth, onChange, onRemove }: GroupEditorProps) {
  const t = useTranslations("records.filter");
  const setChild = (next: DraftNode): void =>
    onChange({
      ...group,
      children: group.children.map((child) => (child.id === next.id ? next : child)),
    });
  const add = (child: DraftNode): void =>
    onChange({ ...group, children: [...group.children, child] });
  return (
    <fieldset
      className={cn(
        "flex min-w-0 flex-col gap-2",
        depth > 0 && "rounded-lg bg-sunken p-3 ring-1 ring-line ring-inset",
      )}
    >
      <legend className="sr-only">{t(depth === 0 ? "title" : "group")}</legend>
      {group.children.map((child, place) => (
        <div key={child.id} className="flex min-w-0 items-start gap-2">
          <div className="w-18 shrink-0">
            {place === 0 ? (
              <span className="flex h-9 items-center px-2 text-sm text-muted md:h-8">
                {t("where")}
              </span>
            ) : place === 1 ? (
              <Select
                aria-label={t("connector")}
                value={group.connector}
                onValueChange={(connector) => onChange({ ...group, connector })}
                options={[
                  { value: "and", label: t("and") },
                  { value: "or", label: t("or") },
                ]}
              />
            ) : (
              <span className="flex h-9 items-center px-2 text-sm text-muted md:h-8">
                {t(group.connector)}
              </span>
            )}
          </div>
          <div className="min-w-0 flex-1">
            {isDraftGroup(child) ? (
              <GroupEditor
                group={child}
                fields={fields}
                depth={depth + 1}
                onChange={setChild}
                onRemove={onRemove}
              />
            ) : (
              <ConditionEditor condition={child} fields={fields} onChange={setChild} />
            )}
          </div>
          <Button
            variant="ghost"
            size="icon"
            aria-label={t(isDraftGroup(child) ? "removeGroup" : "remove")}
            onClick={() => onRemove(child.id)}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div className="flex gap-1">
        <Button variant="ghost" size="sm" onClick={() => add(emptyCondition(fields[0]))}>
          <Plus aria-hidden />
          {t("addCondition")}
        </Button>
        {depth < MAX_DEPTH ? (
          <Button variant="ghost" size="sm" onClick={() => add(emptyGroup(fields[0]))}>
            <Plus aria-hidden />
            {t("addGroup")}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}

interface ConditionEditorProps {
  condition: DraftCondition;
  fields: readonly FilterFieldDef[];
  onChange: (condition: DraftCondition) => void;
}

function ConditionEditor({ condition, fields, onChange }: ConditionEditorProps) {
  const t = useTranslations("records.filter");
  const field = fields.find(({ name }) => name === condition.field);
  if (!field) return null;
  const operators = Object.keys(OPERATORS[field.kind]);
  const setOperator = (op: string): void => {
    const before = shapeOf(condition, fields);
    const next = { ...condition, op };
    const shape = shapeOf(next, fields);
    onChange(shape === before ? next : { ...next, value: firstValue(shape) });
  };
  return (
    <div className="flex min-w-0 flex-wrap gap-2">
      <div className="w-44 max-sm:w-full">
        <Select
          aria-label={t("field")}
          value={condition.field}
          onValueChange={(name) => {
            const chosen = fields.find((each) => each.name === name);
            onChange({ ...emptyCondition(chosen), id: condition.id });
          }}
          options={fields.map(({ name, label }) => ({ value: name, label }))}
        />
      </div>
      <div className="w-36 max-sm:w-full">
        <Select
          aria-label={t("operator")}
          value={condition.op}
          onValueChange={setOperator}
          options={operators.map((op) => ({
            value: op,
            label: t(`operators.${op as "is"}`),
          }))}
        />
      </div>
      <div className="min-w-40 flex-1">
        <ValueInput
          field={field}
          shape={shapeOf(condition, fields)}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
        />
      </div>
    </div>
  );
}
