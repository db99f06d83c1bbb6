"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Kanban, List } from "lucide-react";
import { type ComponentProps, lazy } from "react";
import { useTranslations } from "use-intl";
import { type ListState, withFilter } from "@/features/records";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { Later } from "@/ui/later";
import { Segmented } from "@/ui/segmented";
import { pipelinesQuery } from "../queries";
import type { Layout } from "../use-layout";

const PipelineMenu = lazy(() => import("../pipeline-menu"));

/** Board or list. */
export function LayoutSwitch(props: { layout: Layout; onLayout: (layout: Layout) => void }) {
  const t = useTranslations("deals.layout");
  return (
    <Segmented
      label={t("label")}
      isLabelHidden
      value={props.layout}
      onValueChange={props.onLayout}
      options={[
        { value: "board", label: t("board"), icon: <Kanban aria-hidden /> },
        { value: "list", label: t("list"), icon: <List aria-hidden /> },
      ]}
    />
  );
}

interface PipelineFilterProps extends Pick<ListState, "view" | "change"> {
  /** A board is always one pipeline's. */
  isBoard: boolean;
}

/** Which pipeline, where there are several. */
export function PipelineFilter({ view, change, isBoard }: PipelineFilterProps) {
  const t = useTranslations("deals.pipeline");
  const { slug } = useSession();
  const { data: pipelines = [] } = useQuery(pipelinesQuery(slug));
  const filter = view.filters.find(({ field }) => field === "pipeline");
  const wanted = filter && "values" in filter ? filter.values[0] : undefined;
  const inUse = pipelines.filter((each) => !each.is_archived || each.id === wanted);
  const chosen =
    pipelines.find(({ id }) => id === wanted) ??
    (isBoard ? pipelines.find((each) => each.is_default) : undefined);
  if (inUse.length < 2) return null;
  const name = chosen?.name ?? t("all");
  return (
    <Later face={(press) => <Face name={name} {...press} />}>
      {(wasPressed) => (
        <PipelineMenu
          isOpenAtFirst={wasPressed}
          trigger={<Face name={name} />}
          pipelines={inUse}
          value={chosen?.id ?? ""}
          hasAll={!isBoard}
          onChoose={(id) =>
            change(withFilter(view, "pipeline", id ? { field: "pipeline", values: [id] } : null))
          }
        />
      )}
    </Later>
  );
}

function Face({ name, ...rest }: { name: string } & ComponentProps<typeof Button>) {
  const t = useTranslations("deals.pipeline");
  return (
    <Button variant="ghost" aria-label={t("choose", { name })} {...rest}>
      {name}
      <ChevronDown aria-hidden />
    </Button>
  );
}
