"use client";

import { useTranslations } from "use-intl";
import { Badge } from "@/ui/badge";
import { Checkbox } from "@/ui/checkbox";
import type { ChosenRecord, FoundTable, Place } from "./queries";
import { useEntityName } from "./words";

interface FoundListProps {
  found: readonly FoundTable[];
  chosen: readonly ChosenRecord[];
  onChange: (chosen: readonly ChosenRecord[]) => void;
}

/** The records that may be she, to be chosen, and below them where else she stands. */
export function FoundList({ found, chosen, onChange }: FoundListProps) {
  const t = useTranslations("settings.privacy.find");
  const nameOf = useEntityName();
  if (found.length === 0) return <p className="mt-4 text-sm text-muted">{t("nobody")}</p>;
  const people = persons(found);
  const others = found.filter((table) => table.hits.some((place) => !place.is_person));
  return (
    <div className="mt-5 flex flex-col gap-4" role="status">
      <div>
        <h3 className="text-sm font-semibold">{t("people")}</h3>
        <p className="text-sm text-muted">{t(people.length > 0 ? "choose" : "noPeople")}</p>
      </div>
      <ul className="flex flex-col gap-2.5">
        {people.map((place) => (
          <li key={place.record_id} className="flex flex-wrap items-center gap-2">
            <Checkbox
              checked={chosen.some((one) => one.id === place.record_id)}
              onCheckedChange={(isChosen) => onChange(toggled(chosen, place, isChosen))}
              label={place.name || t("unnamed")}
            />
            <Badge>{nameOf(place.entity)}</Badge>
            {place.is_gone ? <Badge tone="warning">{t("gone")}</Badge> : null}
          </li>
        ))}
      </ul>
      <div>
        <h3 className="text-sm font-semibold">{t("elsewhere")}</h3>
        <dl className="mt-1.5 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
          {others.map((table) => (
            <div key={table.entity} className="contents">
              <dt className="text-muted">{nameOf(table.entity)}</dt>
              <dd className="text-end tabular-nums">{t("count", { count: table.count })}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}

/** Each record once, whether a table or history alone knows it. */
function persons(found: readonly FoundTable[]): Place[] {
  const known = new Map<string, Place>();
  for (const place of found.flatMap((table) => table.hits)) {
    if (place.is_person && !known.has(place.record_id)) known.set(place.record_id, place);
  }
  return [...known.values()];
}

function toggled(
  chosen: readonly ChosenRecord[],
  place: Place,
  isChosen: boolean,
): readonly ChosenRecord[] {
  const rest = chosen.filter((one) => one.id !== place.record_id);
  const entity = place.entity === "crm.customer" ? "crm.customer" : "crm.contact";
  return isChosen ? [...rest, { entity, id: place.record_id }] : rest;
}
