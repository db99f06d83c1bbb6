"use client";

import { useTranslations } from "use-intl";
import { Checkbox } from "@/ui/checkbox";
import { AREAS, has, isWritable, type Scope, toggled } from "./scopes";

interface ScopePickerProps {
  chosen: ReadonlySet<Scope>;
  onChange: (chosen: ReadonlySet<Scope>) => void;
}

/** One line an area: read it, change it, or neither. */
export function ScopePicker({ chosen, onChange }: ScopePickerProps) {
  const t = useTranslations("settings.apiKeys");
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t("extent")}</caption>
      <thead>
        <tr className="border-b text-xs text-muted">
          <th scope="col" className="py-1.5 text-start font-medium">
            {t("area")}
          </th>
          <th scope="col" className="w-20 py-1.5 text-center font-medium">
            {t("read")}
          </th>
          <th scope="col" className="w-20 py-1.5 text-center font-medium">
            {t("write")}
          </th>
        </tr>
      </thead>
      <tbody>
        {AREAS.map((area) => (
          <tr key={area} className="border-b last:border-b-0">
            <th scope="row" className="py-2 text-start font-normal">
              {t(`areas.${area}`)}
            </th>
            {(["read", "write"] as const).map((verb) => (
              <td key={verb} className="py-2">
                {verb === "read" || isWritable(area) ? (
                  <Checkbox
                    className="mx-auto"
                    aria-label={t(`${verb}Label`, { area: t(`areas.${area}`) })}
                    checked={has(chosen, area, verb)}
                    onCheckedChange={() => onChange(toggled(chosen, area, verb))}
                  />
                ) : null}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
