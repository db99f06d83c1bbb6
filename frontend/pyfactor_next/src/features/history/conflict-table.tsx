"use client";

import { useTranslations } from "use-intl";
import type { Conflict } from "./types";
import { useWords } from "./words";

interface ConflictTableProps {
  /** The first hundred or so. */
  conflicts: readonly Conflict[];
  count: number;
}

/** What stands against an undo: what it is now, what the change had made it, what it would go back to. */
export function ConflictTable({ conflicts, count }: ConflictTableProps) {
  const t = useTranslations("history.conflict");
  const words = useWords();
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col divide-y rounded-lg ring-1 ring-line">
        {conflicts.map((conflict) => (
          <li
            key={`${conflict.record_id}.${conflict.field}`}
            className="flex flex-col gap-1.5 px-3 py-2.5 text-sm"
          >
            <p className="font-medium break-words">
              {conflict.record_name || words.count(conflict.entity, 1)}
              {conflict.code === "changed" ? (
                <span className="font-normal text-muted">
                  {" · "}
                  {words.field(conflict.entity, conflict.field)}
                </span>
              ) : null}
            </p>
            {conflict.code === "changed" ? (
              <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-3">
                {(["now", "wrote", "back"] as const).map((side) => (
                  <div key={side} className="min-w-0">
                    <dt className="text-xs text-muted">{t(side)}</dt>
                    <dd dir="auto" className="line-clamp-3 break-words">
                      {words.value(conflict.entity, conflict.field, conflict[side])}
                    </dd>
                  </div>
                ))}
              </dl>
            ) : (
              <p className="text-muted">{t(conflict.code)}</p>
            )}
          </li>
        ))}
      </ul>
      {count > conflicts.length ? (
        <p className="text-sm text-muted">{t("more", { count: count - conflicts.length })}</p>
      ) : null}
    </div>
  );
}
