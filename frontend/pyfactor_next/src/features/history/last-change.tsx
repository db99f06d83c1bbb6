"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { TooltipBubble } from "@/ui/tooltip-bubble";
import { useRested } from "@/ui/use-rested";
import { lastChangeQuery } from "./queries";
import type { RecordChange } from "./types";

interface LastChangeProps {
  /** The resource in the API's paths, such as customers. */
  resource: string;
  id: string;
  version: number;
}

/** While the mouse rests on a field's label: who last changed the field, and when. */
export function LastChange(props: LastChangeProps) {
  const target = useRested("[data-last-change]");
  const field = target?.dataset["lastChange"];
  if (!target?.isConnected || !field) return null;
  return <Told key={field} target={target} field={field} {...props} />;
}

function Told(props: LastChangeProps & { target: HTMLElement; field: string }) {
  const { target, field, resource, id, version } = props;
  const { slug } = useSession();
  const { data } = useQuery(lastChangeQuery(slug, resource, id, version, field));
  const text = useText();
  // What is not known is not worth a bubble: the field was empty from the beginning, or one cannot ask now.
  return data ? <TooltipBubble target={target}>{text(data)}</TooltipBubble> : null;
}

function useText(): (change: RecordChange) => string {
  const t = useTranslations("history");
  const format = useFormatter();
  return (change) => {
    const who = change.kind === "system" || !change.actor_name ? t("nobody") : change.actor_name;
    const at = new Date(change.created_at);
    const when = format.dateTime(at, { dateStyle: "medium", timeStyle: "short" });
    return t(change.operation === "create" ? "record.setBy" : "record.changedBy", { who, when });
  };
}
