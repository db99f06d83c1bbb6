"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { PageHeader } from "@/ui/page-header";
import { Skeleton } from "@/ui/skeleton";
import { ChangesCard } from "./changes-card";
import { ClosedCard } from "./closed-card";
import { CustomersCard } from "./customers-card";
import { FirstSteps } from "./first-steps";
import { PipelineCard } from "./pipeline-card";
import { type Dashboard, dashboardQuery } from "./queries";
import { Tiles } from "./tiles";

/** The state of the business at a glance. */
export function HomePage() {
  const t = useTranslations("home");
  const { slug } = useSession();
  const { data, error, refetch, isRefetching } = useQuery(dashboardQuery(slug));
  return (
    <>
      <PageHeader title={t("title")} meta={data ? <Today day={data.today} /> : null} />
      <div className="min-h-0 flex-1 overflow-y-auto p-4 md:p-5">
        {data ? (
          <Figures figures={data} />
        ) : error ? (
          <ApiErrorState error={error} isRetrying={isRefetching} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )}
      </div>
    </>
  );
}

function Today({ day }: { day: string }) {
  const format = useFormatter();
  return format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: "full", timeZone: "UTC" });
}

function Figures({ figures }: { figures: Dashboard }) {
  if (!(figures.has_customers || figures.has_deals)) return <FirstSteps />;
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4">
      <Tiles figures={figures} />
      <div className="grid gap-4 lg:grid-cols-2">
        <PipelineCard pipelines={figures.pipelines} />
        <ClosedCard months={figures.months} />
        <CustomersCard weeks={figures.weeks} />
        <ChangesCard />
      </div>
    </div>
  );
}

function Loading() {
  return (
    <div aria-busy className="mx-auto flex max-w-6xl flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} className="h-24 rounded-lg" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {["a", "b", "c"].map((key) => (
          <Skeleton key={key} className="h-72 rounded-lg" />
        ))}
      </div>
    </div>
  );
}
