"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { Checkbox } from "@/ui/checkbox";
import { Skeleton } from "@/ui/skeleton";
import { kindsOf, toggled, WORDS } from "./events";
import { eventTypesQuery } from "./queries";
import { useEventWords } from "./use-event-words";

interface EventPickerProps {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** One line a kind of record, one column for what can happen to it. */
export function EventPicker({ chosen, onChange }: EventPickerProps) {
  const t = useTranslations("settings.webhooks");
  const { slug } = useSession();
  const words = useEventWords();
  const { data: events, error, refetch } = useQuery(eventTypesQuery(slug));
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!events) return <Skeleton className="h-40 rounded-lg" />;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">{t("events")}</caption>
        <thead>
          <tr className="border-b text-xs text-muted">
            <th scope="col" className="py-1.5 text-start font-medium">
              {t("kind")}
            </th>
            {WORDS.map((word) => (
              <th key={word} scope="col" className="px-1 py-1.5 text-center font-medium">
                {words.happened(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kindsOf(events).map((kind) => (
            <tr key={kind.entity} className="border-b last:border-b-0">
              <th scope="row" className="py-2 pe-2 text-start font-normal">
                {words.kind(kind.entity)}
              </th>
              {WORDS.map((word) => {
                const event = `${kind.entity}.${word}`;
                return (
                  <td key={word} className="py-2">
                    {kind.words.has(word) ? (
                      <Checkbox
                        className="mx-auto"
                        aria-label={words.event(event)}
                        checked={chosen.has(event)}
                        onCheckedChange={() => onChange(toggled(chosen, event))}
                      />
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
