"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { membersQuery, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { addDays, nextWeek } from "./dates";
import { useDays } from "./due";
import type { FormValues } from "./form-values";
import { MentionField } from "./mention-field";
import { REPEATS } from "./repeats";
import { PRIORITIES } from "./types";

export interface FieldsProps {
  values: FormValues;
  onChange: (change: Partial<FormValues>) => void;
  /** Messages of the server by field. */
  errors: Record<string, string>;
  /** The first field takes the focus. */
  autoFocus?: boolean;
}

/** The fields of an activity of the chosen kind. */
export function ActivityFields({ values, onChange, errors, autoFocus = false }: FieldsProps) {
  const t = useTranslations("activities.composer");
  const { kind } = values;
  return (
    <div className="flex flex-col gap-3">
      {kind === "note" ? null : (
        <Field label={kind === "task" ? t("taskSubject") : t("subject")} error={errors["subject"]}>
          <Input
            value={values.subject}
            maxLength={255}
            autoFocus={autoFocus}
            onChange={(event) => onChange({ subject: event.target.value })}
          />
        </Field>
      )}
      {kind === "task" ? <TaskFields {...{ values, onChange, errors }} /> : null}
      {kind === "meeting" ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t("starts")} error={errors["starts_at"]}>
            <Input
              type="datetime-local"
              value={values.startsAt}
              onChange={(event) => onChange({ startsAt: event.target.value })}
            />
          </Field>
          <Minutes {...{ values, onChange, errors }} />
        </div>
      ) : null}
      {kind === "call" || kind === "email" ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Direction {...{ values, onChange, errors }} />
          {kind === "call" ? <Minutes {...{ values, onChange, errors }} /> : null}
        </div>
      ) : null}
      <Field label={kind === "task" ? t("details") : t("body")} error={errors["body"]}>
        <MentionField
          value={values.body}
          mentions={values.mentions}
          rows={kind === "task" ? 2 : 3}
          placeholder={t(kind)}
          autoFocus={autoFocus && kind === "note"}
          onChange={(body, mentions) => onChange({ body, mentions })}
        />
      </Field>
    </div>
  );
}

type PartProps = Pick<FieldsProps, "values" | "onChange" | "errors">;

function TaskFields({ values, onChange, errors }: PartProps) {
  const t = useTranslations("activities");
  const { slug, tenant } = useSession();
  const { today } = useDays();
  const { data: members = [] } = useQuery(membersQuery(slug));
  const days = [
    { name: t("due.today"), day: today },
    { name: t("due.tomorrow"), day: addDays(today, 1) },
    { name: t("due.nextWeek"), day: nextWeek(today, tenant.week_start) },
  ];
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_8rem] gap-3">
        <Field label={t("composer.due")} error={errors["due_on"] ?? errors["due_at"]}>
          <Input
            type="date"
            value={values.dueOn}
            onChange={(event) => onChange({ dueOn: event.target.value })}
          />
        </Field>
        <Field label={t("composer.time")}>
          <Input
            type="time"
            value={values.dueTime}
            disabled={!values.dueOn}
            onChange={(event) => onChange({ dueTime: event.target.value })}
          />
        </Field>
      </div>
      <div className="flex flex-wrap gap-1.5">
        {days.map(({ name, day }) => (
          <Button
            key={name}
            size="sm"
            aria-pressed={values.dueOn === day}
            onClick={() => onChange({ dueOn: day })}
            className="aria-pressed:bg-selected aria-pressed:text-accent-ink"
          >
            {name}
          </Button>
        ))}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("composer.assignee")} error={errors["assignee"]}>
          <Select
            value={values.assignee}
            onValueChange={(assignee) => onChange({ assignee })}
            options={[
              { value: "", label: "–" },
              ...members
                .filter((member) => member.status === "active" || member.id === values.assignee)
                .map((member) => ({ value: member.id, label: member.display_name })),
            ]}
          />
        </Field>
        <Field label={t("composer.priority")} error={errors["priority"]}>
          <Select
            value={values.priority}
            onValueChange={(priority) => onChange({ priority })}
            options={PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))}
          />
        </Field>
        <Field label={t("composer.repeat")} error={errors["recurrence"]}>
          <Select
            value={values.repeat}
            onValueChange={(repeat) => onChange({ repeat })}
            options={[
              ...(Object.keys(REPEATS) as (keyof typeof REPEATS)[]),
              ...(values.repeat === "other" ? (["other"] as const) : []),
            ].map((value) => ({ value, label: t(`repeats.${value}`) }))}
          />
        </Field>
        <Field label={t("composer.remind")} error={errors["remind_at"]}>
          <Input
            type="datetime-local"
            value={values.remindAt}
            onChange={(event) => onChange({ remindAt: event.target.value })}
          />
        </Field>
      </div>
    </>
  );
}

function Minutes({ values, onChange, errors }: PartProps) {
  const t = useTranslations("activities.composer");
  return (
    <Field label={t("minutes")} error={errors["duration_seconds"]}>
      <Input
        type="number"
        inputMode="numeric"
        min={0}
        max={1440}
        value={values.minutes}
        onChange={(event) => onChange({ minutes: event.target.value })}
      />
    </Field>
  );
}

function Direction({ values, onChange }: PartProps) {
  const t = useTranslations("activities");
  return (
    <Field label={t("composer.direction")}>
      <Select
        value={values.direction}
        onValueChange={(direction) => onChange({ direction })}
        options={(["out", "in"] as const).map((value) => ({
          value,
          label: t(`directions.${value}`),
        }))}
      />
    </Field>
  );
}
