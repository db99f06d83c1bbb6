"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale, useMessages, useTranslations } from "use-intl";
import { fieldsQuery, type OwnField } from "@/features/fields";
import { segmentOf } from "@/features/realtime";
import { useSession } from "@/features/session";
import { useTagsById } from "@/features/tags";
import { countryName } from "@/i18n/regions";

type Texts = Record<string, unknown>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function text(texts: unknown, ...path: string[]): string | undefined {
  let found: unknown = texts;
  for (const name of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Texts)[name];
  }
  return typeof found === "string" ? found : undefined;
}

/** status → statuses, stage → stages: where a feature keeps the words for a field's choices. */
function plural(name: string): string {
  return /(s|x|ch)$/.test(name) ? `${name}es` : `${name}s`;
}

/** The fields that the business has added, by their labels and those of their options. */
function useOwnWords() {
  const { slug } = useSession();
  const { data = [] } = useQuery(fieldsQuery(slug));
  const found = (entity: string, name: string): OwnField | undefined =>
    data.find((field) => `crm.${field.entity}` === entity && `custom.${field.key}` === name);
  return {
    label: (entity: string, name: string): string | undefined => found(entity, name)?.label,
    value: (entity: string, name: string, value: unknown): string | undefined => {
      const field = found(entity, name);
      if (!field) return undefined;
      const label = (id: unknown): string =>
        field.options.find((option) => option.id === id)?.label ?? String(id);
      if (field.type === "select") return label(value);
      if (Array.isArray(value)) return value.map(label).join(", ");
      const { amount, currency } = value as { amount?: string; currency?: string };
      return amount === undefined ? undefined : `${amount} ${currency ?? ""}`.trim();
    },
  };
}

export interface Words {
  field: (entity: string, field: string) => string;
  /** name: of the record that the value refers to, "" if it does not. */
  value: (entity: string, field: string, value: unknown, name?: string) => string;
  /** "3 customers". */
  count: (entity: string, count: number) => string;
}

/**
 * Fields and values in people's words. A feature's own `fields` and choices are used where its texts are
 * around; a field without a word is called by its name, so that nothing is hidden.
 */
export function useWords(): Words {
  const t = useTranslations("history");
  const own = useOwnWords();
  const messages: Texts = useMessages();
  const format = useFormatter();
  const locale = useLocale();
  const tags = useTagsById();
  return {
    field: (entity, field) =>
      own.label(entity, field) ??
      text(messages, segmentOf(entity), "fields", field) ??
      text(messages, "history", "fields", field) ??
      field.charAt(0).toUpperCase() + field.slice(1).replaceAll("_", " "),
    value: (entity, field, value, name = "") => {
      if (name) return name;
      if (value === null || value === undefined || value === "") return t("empty");
      if (field === "tags" && Array.isArray(value)) {
        if (value.length === 0) return t("empty");
        return format.list(value.map((id) => tags.get(String(id))?.name ?? t("goneTag")));
      }
      if (typeof value === "boolean") return t(value ? "yes" : "no");
      const words = own.value(entity, field, value);
      if (words !== undefined) return words;
      if (typeof value !== "string") return JSON.stringify(value);
      const choice = text(messages, segmentOf(entity), plural(field), value);
      if (choice) return choice;
      if (INSTANT.test(value)) {
        return format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" });
      }
      if (DAY.test(value)) {
        return format.dateTime(new Date(`${value}T00:00:00Z`), {
          dateStyle: "medium",
          timeZone: "UTC",
        });
      }
      return field.endsWith("country") ? countryName(value, locale) : value;
    },
    count: (entity, count) => {
      const noun = entity.slice(entity.indexOf(".") + 1);
      const known = text(messages, "history", "entities", noun) ? noun : "other";
      return t(`entities.${known as "other"}`, { count });
    },
  };
}
