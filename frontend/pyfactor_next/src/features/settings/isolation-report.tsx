"use client";

import { CircleCheck, CircleX, ShieldAlert, ShieldCheck } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import type { IsolationReport } from "./queries";

interface IsolationReportViewProps {
  report: IsolationReport;
  isChecking: boolean;
  onCheck: () => void;
}

/** The startup audit's report: one line per rule and per table. */
export function IsolationReportView({ report, isChecking, onCheck }: IsolationReportViewProps) {
  return (
    <>
      <Summary report={report} isChecking={isChecking} onCheck={onCheck} />
      <Rules rules={report.rules} />
      <Tables tables={report.tables} />
    </>
  );
}

function Summary({ report, isChecking, onCheck }: IsolationReportViewProps) {
  const t = useTranslations("settings.security");
  const format = useFormatter();
  const findings = [...report.rules, ...report.tables].reduce(
    (sum, item) => sum + item.findings.length,
    0,
  );
  const Icon = report.passed ? ShieldCheck : ShieldAlert;
  const when = format.dateTime(new Date(report.checked_at), {
    dateStyle: "medium",
    timeStyle: "medium",
  });
  return (
    <section
      className={cn(
        "flex flex-wrap items-center gap-4 rounded-lg p-4",
        report.passed ? "bg-success-soft text-success-ink" : "bg-danger-soft text-danger-ink",
      )}
    >
      <Icon aria-hidden className="size-8 shrink-0" />
      <div className="min-w-0 flex-1">
        <h3 className="text-base font-semibold">
          {report.passed ? t("passed") : t("failed", { findings })}
        </h3>
        <p className="text-sm">
          {report.passed
            ? t("passedDetail", { rules: report.rules.length, tables: report.tables.length })
            : t("failedDetail")}{" "}
          {t("checked", { when })}
        </p>
      </div>
      <Button busy={isChecking} onClick={onCheck}>
        {t("again")}
      </Button>
    </section>
  );
}

function Rules({ rules }: { rules: IsolationReport["rules"] }) {
  const t = useTranslations("settings.security");
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">{t("rules")}</h3>
      <ul className="divide-y overflow-hidden rounded-lg bg-raised ring-1 ring-line">
        {rules.map((rule) => (
          <li key={rule.id} className="px-4 py-2.5">
            <div className="flex items-start gap-2.5 text-sm">
              {rule.passed ? (
                <CircleCheck
                  aria-label={t("holds")}
                  className="mt-0.5 size-4 shrink-0 text-success-ink"
                />
              ) : (
                <CircleX
                  aria-label={t("broken")}
                  className="mt-0.5 size-4 shrink-0 text-danger-ink"
                />
              )}
              <span className="min-w-0 flex-1">{rule.title}</span>
              <code className="hidden font-mono text-xs leading-5 text-muted sm:block">
                {rule.id}
              </code>
            </div>
            <Findings findings={rule.findings} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Findings({ findings }: { findings: readonly string[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="mt-1.5 ms-6.5 list-disc ps-3 text-sm text-danger-ink">
      {findings.map((finding) => (
        <li key={finding}>{finding}</li>
      ))}
    </ul>
  );
}

function Tables({ tables }: { tables: IsolationReport["tables"] }) {
  const t = useTranslations("settings.security");
  const heading = "px-3 py-2 text-start text-xs font-medium text-muted whitespace-nowrap";
  return (
    <section>
      <h3 id="isolation-tables" className="mb-2 text-sm font-semibold">
        {t("tables")}
      </h3>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        tabIndex={0}
        aria-labelledby="isolation-tables"
        className="overflow-x-auto rounded-lg bg-raised ring-1 ring-line"
      >
        <table className="w-full text-sm">
          <thead className="border-b">
            <tr>
              <th className={heading}>{t("table")}</th>
              <th className={heading}>{t("kind")}</th>
              <th className={heading}>{t("protection")}</th>
              <th className={heading}>{t("policy")}</th>
              <th className={heading}>{t("key")}</th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {tables.map((table) => (
              <tr key={table.table}>
                <td className="px-3 py-2 align-top">
                  <code className="font-mono text-xs">{table.table}</code>
                  <Findings findings={table.findings} />
                </td>
                <td className="px-3 py-2 align-top whitespace-nowrap text-muted">
                  {t(`kinds.${table.kind}`)}
                </td>
                <td className="px-3 py-2 align-top">
                  <Protection rls={table.rls} forced={table.forced} kind={table.kind} />
                </td>
                <td className="px-3 py-2 align-top">
                  <Expression>{table.policy}</Expression>
                </td>
                <td className="px-3 py-2 align-top">
                  <Expression>{table.primary_key.replace(/^PRIMARY KEY /, "")}</Expression>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** SQL without the parentheses around all of it. A phone moves sideways instead of breaking it. */
function Expression({ children }: { children: string }) {
  return (
    <code className="font-mono text-xs text-muted max-sm:whitespace-nowrap">
      {children.replace(/^\((.*)\)$/, "$1")}
    </code>
  );
}

type Table = IsolationReport["tables"][number];

function Protection({ rls, forced, kind }: Pick<Table, "rls" | "forced" | "kind">) {
  const t = useTranslations("settings.security");
  if (rls && forced) return <Badge tone="success">{t("forced")}</Badge>;
  if (rls) return <Badge tone="warning">{t("on")}</Badge>;
  // Tables that hold no business's rows need none.
  return <Badge tone={kind === "tenant" ? "danger" : "neutral"}>{t("off")}</Badge>;
}
