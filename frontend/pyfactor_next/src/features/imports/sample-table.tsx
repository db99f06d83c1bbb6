"use client";

import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import type { ImportJob } from "./types";

/** The first rows as they were cut into cells, so that a wrong separator or encoding is seen. */
export function SampleTable({ job, isBusy }: { job: ImportJob; isBusy: boolean }) {
  const t = useTranslations("imports.file");
  // A row may have more cells than there are columns; they are shown, not cut off.
  const width = Math.max(job.columns.length, ...job.sample_rows.map((row) => row.length));
  const places = Array.from({ length: width }, (_, place) => place);
  return (
    <section aria-busy={isBusy}>
      <h3 className="mb-2 text-sm font-medium">{t("sampleTitle")}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      <div tabIndex={0} className="overflow-x-auto rounded-lg ring-1 ring-line">
        <table className={cn("w-full border-collapse text-sm", isBusy && "opacity-50")}>
          <caption className="sr-only">{t("sample", { file: job.file_name })}</caption>
          <thead>
            <tr className="bg-sunken">
              {places.map((place) => (
                <th
                  key={place}
                  scope="col"
                  className="max-w-56 truncate border-b px-3 py-2 text-start font-medium whitespace-nowrap"
                >
                  {job.columns[place]?.header ?? ""}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {job.sample_rows.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their place alone
              <tr key={line} className="not-last:border-b">
                {places.map((place) => (
                  <td
                    key={place}
                    title={row[place]}
                    className={cn(
                      "max-w-56 truncate px-3 py-1.5 whitespace-nowrap",
                      row.length !== job.columns.length && "bg-warning-soft text-warning-ink",
                    )}
                  >
                    {row[place]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
