"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { LinkButton } from "@/ui/link-button";
import { type JobItemProps, JobRow } from "./job-row";
import { businessFileQuery, isMaking } from "./queries";

/** The file of the whole business in the tray. */
export function BusinessItem(props: JobItemProps) {
  const t = useTranslations("shell.jobs");
  const { slug } = useSession();
  const { id, onDismiss } = props;
  const { data, isError } = useQuery(businessFileQuery(slug, id));
  const isGone = data === null || isError;
  useEffect(() => {
    if (isGone) onDismiss();
  }, [isGone, onDismiss]);
  if (!data) return null;
  const isRunning = isMaking(data);
  return (
    <JobRow
      {...props}
      name={t("business.name")}
      state={t(`business.${isRunning ? "making" : data.status === "failed" ? "failed" : "ready"}`)}
      isRunning={isRunning}
      isFailed={data.status === "failed"}
    >
      <LinkButton size="sm" href={`/${slug}/settings/your-data`} prefetch={false}>
        {t("open")}
      </LinkButton>
    </JobRow>
  );
}
