"use client";

import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Card } from "@/ui/card";
import { cn } from "@/ui/cn";
import { Select } from "@/ui/select";
import { dealsInStage } from "./links";
import { currenciesOf, worthIn } from "./measure";
import type { PipelineFigures, StageFigures } from "./queries";
import { useMoney } from "./use-money";

/** What lies in the open stages of a pipeline, per currency. */
export function PipelineCard({ pipelines }: { pipelines: readonly PipelineFigures[] }) {
  const t = useTranslations("home.pipeline");
  const [chosenId, setChosenId] = useState<string>();
  const [chosenCurrency, setCurrency] = useState<string>();
  const pipeline = pipelines.find(({ id }) => id === chosenId) ?? pipelines[0];
  if (!pipeline) return null;
  const currencies = currenciesOf(pipeline.stages.flatMap(({ worth }) => worth));
  const currency = currencies.find((code) => code === chosenCurrency) ?? currencies[0];
  return (
    <Card>
      <div className="mb-3 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="me-auto text-base font-semibold">{t("title")}</h2>
        {pipelines.length > 1 ? (
          <Select
            aria-label={t("which")}
            className="w-40"
            value={pipeline.id}
            onValueChange={setChosenId}
            options={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        {currency && currencies.length > 1 ? (
          <Select
            aria-label={t("currency")}
            className="w-24"
            value={currency}
            onValueChange={setCurrency}
            options={currencies.map((code) => ({ value: code, label: code }))}
          />
        ) : null}
      </div>
      <Stages stages={pipeline.stages} currency={currency} />
    </Card>
  );
}

function Stages({
  stages,
  currency,
}: {
  stages: readonly StageFigures[];
  currency: string | undefined;
}) {
  const t = useTranslations("home.pipeline");
  const money = useMoney();
  const { slug } = useSession();
  const amountIn = (stage: StageFigures): number =>
    currency ? Number(worthIn(stage.worth, currency)?.amount ?? 0) : 0;
  const largest = Math.max(...stages.map(amountIn), 0);
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t("title")}</caption>
      <thead className="text-xs text-muted">
        <tr>
          <th scope="col" className="pb-1 text-start font-medium">
            {t("stage")}
          </th>
          <th scope="col" className="pb-1 ps-3 text-end font-medium">
            {t("deals")}
          </th>
          <th scope="col" className="w-1/2 pb-1 ps-4 text-start font-medium">
            {currency ? t("worth", { currency }) : t("worthOfNone")}
          </th>
        </tr>
      </thead>
      <tbody>
        {stages.map((stage) => {
          const worth = currency ? worthIn(stage.worth, currency) : undefined;
          const others = stage.worth.filter((each) => each !== worth);
          return (
            <tr key={stage.id} className="border-t align-top">
              <th scope="row" className="py-2 text-start font-medium">
                {stage.name}
              </th>
              <td className="tabular py-2 ps-3 text-end">
                <Figure
                  isNone={stage.deals === 0}
                  href={dealsInStage(slug, stage.id, stage.address)}
                >
                  {stage.deals}
                </Figure>
              </td>
              <td className="py-2 ps-4">
                <Bar share={largest > 0 ? amountIn(stage) / largest : 0} />
                <div className="tabular mt-1 flex flex-wrap items-center gap-x-3">
                  {worth ? (
                    <Figure isNone={false} href={dealsInStage(slug, stage.id, worth.address)}>
                      {money.full(worth.amount, worth.currency)}
                    </Figure>
                  ) : (
                    <span className="text-muted">{currency ? money.full(0, currency) : "–"}</span>
                  )}
                  {worth ? (
                    <span className="text-xs text-muted">
                      {t("weighted", { amount: money.full(worth.weighted, worth.currency) })}
                    </span>
                  ) : null}
                  {others.map((other) => (
                    <Figure
                      key={other.currency}
                      isNone={false}
                      className="text-xs text-muted"
                      href={dealsInStage(slug, stage.id, other.address)}
                    >
                      {money.full(other.amount, other.currency)}
                    </Figure>
                  ))}
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <div aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
      <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
    </div>
  );
}

interface FigureProps {
  isNone: boolean;
  href: string;
  className?: string;
  children: React.ReactNode;
}

function Figure({ isNone, href, className, children }: FigureProps) {
  if (isNone) return <span className="text-muted">{children}</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      className={cn(
        "inline-flex min-h-6 min-w-6 items-center underline-offset-4 hover:underline",
        className,
      )}
    >
      {children}
    </Link>
  );
}
