"use client";

import { useMessages, useTranslations } from "use-intl";
import { parted, type Word } from "./events";

/** Kinds of records and events in people's words; what has none is called by its own. */
export function useEventWords() {
  const t = useTranslations("settings.webhooks");
  const kinds: Record<string, string> = useMessages().settings.webhooks.kinds;
  const kind = (entity: string): string => kinds[entity.replace(/^crm\./, "")] ?? entity;
  const happened = (word: Word): string => t(`happened.${word}`);
  const event = (type: string): string => {
    if (type === "webhooks.test") return t("testMessage");
    const { entity, word } = parted(type);
    return t("event", { kind: kind(entity), happened: happened(word as Word) });
  };
  return { kind, happened, event };
}
